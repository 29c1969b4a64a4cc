// SPDX-License-Identifier: Apache-2.0
// kill.mjs PROGRAM [ROUNDS]: kills the server with -9 twenty times under load. What was acknowledged must be there after each start, and at the
// end the record must be unbroken and the ledger even. One line a round; ends with "N passed, N failed".
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = process.argv[2], rounds = Number(process.argv[3] || 20), CLIENTS = 16
const work = mkdtempSync(join(tmpdir(), 'lingfei-kill-')), data = join(work, 'data')
let passed = 0, failed = 0
const check = (ok, what) => { ok ? passed++ : failed++; if (!ok) console.log('FAILED ' + what) }
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))

function start() {
    return new Promise((resolve, reject) => {
        const server = spawn(program, ['serve', '--demo', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] })
        let out = ''
        server.stdout.on('data', (d) => {
            out += d
            const m = out.match(/listening on (http:\S+)/)
            if (m) resolve({ server, base: m[1], gone: new Promise((r) => server.on('exit', r)) })
        })
        server.on('exit', (code) => reject(new Error('the server ended with ' + code)))
    })
}

function token(login) {
    const made = spawnSync(program, ['account', 'token', login, '--data', data], { encoding: 'utf8' })
    if (made.status) throw new Error(made.stderr)
    return made.stdout.trim().split(/\s+/).pop()
}

async function ask(base, who, method, path, body) {
    const answer = await fetch(base + path, {
        method, headers: { Authorization: 'Bearer ' + who, Accept: 'application/json', 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.json().catch(() => null) }
}

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

try {
    let run = await start()
    const agency = token('agency1')
    const form = { quantity: 1, fee_fen: 0, from_day: '2026-10-19', to_day: '2026-12-31', pay_year: 2026 }
    const orgs = await ask(run.base, agency, 'GET', '/organisations?kind=enterprise')
    form.enterprise = orgs.body.items[0].id
    form.item = (await ask(run.base, agency, 'GET', '/services')).body.items[0].id
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
    const proof = spawnSync(program, ['verify', '--data', data], { encoding: 'utf8' })
    check(proof.status === 0, 'verify: ' + proof.stdout + proof.stderr)
    console.log(`${all.size} acknowledged in all; ${proof.stdout.trim()}`)
} catch (e) {
    failed++
    console.log('FAILED ' + e.message)
}
rmSync(work, { recursive: true, force: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
