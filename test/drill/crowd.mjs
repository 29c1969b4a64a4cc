// SPDX-License-Identifier: Apache-2.0
// crowd.mjs PROGRAM [IDLE]: what many, slow and quarrelling clients do to a server. Two people decide the same case at the same moment: one wins, the
// other is told; a form sent many times at once is one act. Then clients that say their request a byte a second, that break off in the middle of a
// file, and IDLE (3000) that only hold a connection: others are served meanwhile. The record is unbroken in the end. Ends with "N passed, N failed".
import { connect } from 'node:net'
import { agreement, ask, check, drill, sleep, start, token } from './zone.mjs'

const IDLE = Number(process.argv[3] || 3000), SLOW = 500, ROUNDS = 25, AT_ONCE = 16

const tally = (answers) => {
    const n = {}
    for (const a of answers) n[a.status] = (n[a.status] || 0) + 1
    return Object.entries(n).map(([status, times]) => `${times} x ${status}`).join(', ')
}

// ---- quarrels ---------------------------------------------------------------------------------------------------------

async function draft(run, agency, form, more) {
    return ask(run.base, agency, 'POST', '/agreements', { ...form, subject: 'crowd ' + Math.random() }, more)
}

// Both see the same version of the case; each decides on it.
async function decide_at_once(run, agency, colleague, form) {
    let wins = 0, told = 0
    for (let round = 0; round < ROUNDS; round++) {
        const made = (await draft(run, agency, form)).body
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) =>
            ask(run.base, i % 2 ? agency : colleague, 'POST', `/agreements/${made.id}/moves`, { choice: 'submit', version: made.version })))
        const won = answers.filter((a) => a.status === 200), lost = answers.filter((a) => a.status === 409)
        check(won.length === 1 && lost.length === AT_ONCE - 1, `round ${round}: one wins, all others are told: ${tally(answers)}`)
        check(lost.every((a) => a.body && a.body.detail), `round ${round}: told by a sentence`)
        wins += won.length, told += lost.length
    }
    console.log(`${ROUNDS} cases, each decided by ${AT_ONCE} at once: ${wins} won, ${told} told of it by 409`)
}

async function send_twice(run, agency, form) {
    let acts = 0
    for (let round = 0; round < ROUNDS; round++) {
        const once = { 'Idempotency-Key': 'crowd-' + round }, same = { ...form, subject: 'sent many times ' + round }
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => ask(run.base, agency, 'POST', '/agreements', same, once)))
        const ids = new Set(answers.filter((a) => a.status < 300).map((a) => a.body.id))
        check(ids.size === 1 && answers.every((a) => a.status < 300), `round ${round}: the same answer to all: ${tally(answers)}, ${ids.size} agreements`)
        acts += ids.size
    }
    console.log(`${ROUNDS} forms, each sent ${AT_ONCE} times at once: ${acts} acts`)
}

// ---- slow, broken and silent clients ----------------------------------------------------------------------------------------

// p95 of a page, in milliseconds.
async function latency(run, n) {
    const took = []
    for (let i = 0; i < n; i++) {
        const at = performance.now()
        const answer = await fetch(run.base + '/notices', { headers: { Accept: 'text/html' } })
        await answer.text()
        if (answer.status === 200) took.push(performance.now() - at)
        else check(false, 'a page answers ' + answer.status)
    }
    return took.sort((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? Infinity
}

function open(run, n, begin) {
    const all = []
    for (let i = 0; i < n; i++) {
        const s = connect(run.port, '127.0.0.1')
        s.refused = false
        s.on('error', () => { s.refused = true })
        s.on('connect', () => begin && s.write(begin))
        s.on('data', () => {})
        all.push(s)
    }
    return all
}
const close = (all) => all.forEach((s) => s.destroy())

async function beside(run, what, all, each_second) {
    await sleep(500)
    const ticking = each_second && setInterval(() => all.forEach((s) => s.destroyed || s.write(each_second)), 1000)
    const ms = await latency(run, 100)
    clearInterval(ticking)
    const held = all.filter((s) => !s.destroyed && !s.refused).length
    close(all)
    check(ms < 200, `${what}: others wait ${ms} ms`)
    console.log(`${what}: ${held} of ${all.length} held, p95 of others ${ms.toFixed(1)} ms`)
    await sleep(300)
}

async function under_way(run) {
    const figures = await fetch(run.base + '/metrics').then((r) => r.text())
    return Number(figures.match(/requests_under_way (\d+)/)[1]) - 1 // but this one
}

async function half_uploads(run, agency) {
    const head = `POST /documents HTTP/1.1\r\nHost: 127.0.0.1:${run.port}\r\nAuthorization: Bearer ${agency}\r\nContent-Length: 9000000\r\n` +
        'Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="half.pdf"\r\n\r\n%PDF-1.4\n' + 'half '.repeat(20000)
    const all = open(run, 200, head)
    await sleep(800)
    const most = await under_way(run)
    close(all)
    for (let i = 0; i < 50 && await under_way(run) > 0; i++) await sleep(100)
    const left = await under_way(run)
    check(most === all.length && left === 0, `half uploads: ${most} under way, ${left} left`)
    console.log(`${all.length} uploads broken off in the middle: ${most} under way at once, ${left} left after`)
}

await drill(async () => {
    const run = await start()
    const agency = token('agency1'), colleague = token('agency1b')
    const form = await agreement(run, agency)
    await decide_at_once(run, agency, colleague, form)
    await send_twice(run, agency, form)
    console.log(`alone: p95 ${(await latency(run, 100)).toFixed(1)} ms`)
    await beside(run, `${SLOW} clients that say their head a byte a second`, open(run, SLOW, 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '), 'a')
    await beside(run, `${SLOW} clients that say their form a byte a second`,
        open(run, SLOW, 'POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nlogin='), 'a')
    await half_uploads(run, agency)
    await beside(run, `${IDLE} connections that say nothing`, open(run, IDLE))
    run.server.kill('SIGTERM')
    await run.gone
})
