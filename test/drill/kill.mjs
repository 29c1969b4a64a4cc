// SPDX-License-Identifier: Apache-2.0
// kill.mjs PROGRAM [ROUNDS]: kills the server with -9 twenty times under load. What was acknowledged must be there after each start, and at the
// end the record must be unbroken and the ledger even. One line a round; ends with "N passed, N failed".
import { agreement, ask, check, drill, sleep, start, token } from './zone.mjs'

const rounds = Number(process.argv[3] || 20), CLIENTS = 16

// Drafts agreements, sends them to the enterprise, one after the other; remembers only what the server said yes to.
async function load(base, who, form, until, kept) {
    while (!until.over) {
        try {
            const made = await ask(base, who, 'POST', '/agreements', { ...form, subject: 'kill ' + Math.random() })
            if (made.status !== 201) { if (!until.over) until.refused = made; continue }
            kept.set(made.body.id, 'draft')
            const moved = await ask(base, who, 'POST', `/agreements/${made.body.id}/moves`, { choice: 'submit' })
            if (moved.status === 200) kept.set(made.body.id, 'enterprise_sign')
        } catch { if (until.over) return; await sleep(5) } // the server is gone
    }
}

await drill(async () => {
    let run = await start()
    const agency = token('agency1')
    const form = await agreement(run, agency)
    const all = new Map()
    for (let round = 1; round <= rounds; round++) {
        const until = { over: false }, kept = new Map()
        const clients = Array.from({ length: CLIENTS }, () => load(run.base, agency, form, until, kept))
        await sleep(250 + Math.random() * 750)
        run.server.kill('SIGKILL')
        until.over = true
        await Promise.all([...clients, run.gone.catch(() => 0)])
        check(!until.refused, `round ${round}: refused: ${JSON.stringify(until.refused)}`)
        check(kept.size > 0, `round ${round}: nothing was acknowledged before the kill`)
        run = await start()
        let lost = 0
        for (const [id, step] of kept) {
            const seen = await ask(run.base, agency, 'GET', '/agreements/' + id)
            // an answer that never arrived may have been done: one step further is no loss
            const at = seen.body && (seen.body.node || (seen.body.step && seen.body.step.code) || seen.body.step)
            if (seen.status !== 200 || (step === 'enterprise_sign' && at !== 'enterprise_sign')) lost++
            all.set(id, step)
        }
        check(lost === 0, `round ${round}: ${lost} of ${kept.size} acknowledged are lost`)
        console.log(`round ${round}: ${kept.size} acknowledged, ${lost} lost`)
    }
    run.server.kill('SIGTERM')
    await run.gone.catch(() => 0)
    const moved = [...all.values()].filter((step) => step !== 'draft').length
    check(moved > 0, 'no move was acknowledged at all')
    console.log(`${all.size} acknowledged in all, ${moved} of them moved on`)
})
