// SPDX-License-Identifier: Apache-2.0
// site.mjs PROGRAM FILL [ROWS]: pages of the real server beside nginx serving a file of the same size, at ten thousand and at a million
// applications; memory at rest and the time to start. Prints one table of ratios; for people, never a test.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clean, disk, saving, session, start, stop, work, wrk } from './server.mjs'

const [program, fill] = process.argv.slice(2), many = Number(process.argv[4] || 1000000), few = 10000
const lines = []
const say = (what, is, wanted) => { lines.push([what, is, wanted]); console.error(`${what}: ${is}`) }

async function pages(data) {
    const s = await start(program, data)
    const officer = await session(s, 'auditor1'), alliance = await session(s, 'alliance1')
    const html = { list: ['/applications', officer], application: ['/applications/1000007', officer], desk: ['/desk', alliance] }
    const got = {}
    for (const [name, [path, cookie]] of Object.entries(html)) {
        const page = await (await fetch(s.base + path, { headers: { Cookie: cookie } })).text()
        if (!page.includes('<html')) throw new Error(path + ': ' + page.slice(0, 200))
        got[name] = { size: Buffer.byteLength(page), rate: wrk(s.base + path, { cookie }).rate }
    }
    // nothing can be kept for the next: every request asks for fifty others
    const lua = `request = function() return wrk.format("GET", "/applications?after=" .. (1000100 + math.random(0, ${few} - 200))) end`
    got.others = { rate: wrk(s.base + '/applications', { cookie: officer, lua }).rate }
    await stop(s)
    return got
}

function nginx(size) {
    const root = join(work, 'www')
    mkdirSync(root, { recursive: true })
    writeFileSync(join(root, 'page.html'), 'x'.repeat(size))
    const conf = join(work, 'nginx.conf')
    writeFileSync(conf, `worker_processes 2; pid ${work}/nginx.pid; error_log ${work}/nginx.log; daemon off; user root;
events { worker_connections 1024; } http { access_log off; keepalive_requests 1000000; server { listen 127.0.0.1:18391; root ${root}; } }`)
    return spawn('nginx', ['-c', conf], { stdio: 'ignore' })
}

try {
    const base = join(work, 'base')
    await stop(await start(program, base, ['--demo']))
    const stores = {}
    for (const rows of [few, many]) {
        stores[rows] = join(work, 'rows' + rows)
        execFileSync('cp', ['-r', base, stores[rows]])
        execFileSync(fill, [join(stores[rows], 'lingfei.sqlite'), String(rows)])
    }
    const small = await pages(stores[few]), large = await pages(stores[many])
    const beside = nginx(large.list.size)
    await new Promise((r) => setTimeout(r, 500))
    const file = wrk('http://127.0.0.1:18391/page.html').rate
    beside.kill()
    say(`list of 50 out of ${many} as HTML (${large.list.size} bytes), of nginx`, `${(large.list.rate / file).toFixed(2)} (${large.list.rate.toFixed(0)}/s of ${file.toFixed(0)}/s)`, '≥ 0.15, aim 0.3')
    say('the same, every request other fifty, of nginx', `${(large.others.rate / file).toFixed(2)} (${large.others.rate.toFixed(0)}/s)`, 'no figure')
    for (const name of ['list', 'others', 'application', 'desk']) say(`${name}: ${few} against ${many}, times`, `${(small[name].rate / large[name].rate).toFixed(2)} (${small[name].rate.toFixed(0)}/s, ${large[name].rate.toFixed(0)}/s)`, '≤ 1.3')
    const s = await start(program, base), sync = disk(), to = await saving(program, s, base), saved = wrk(to.url, { lua: to.lua, clients: 64 })
    await stop(s)
    say('drafts saved through HTTP by 64 clients, of the disk\'s fdatasync', `${(saved.rate / sync).toFixed(2)} (${saved.rate.toFixed(0)}/s, p99 ${saved.p99})`, 'no figure')
    const times = []
    let rss
    for (let i = 0; i < 5; i++) {
        const s = await start(program, stores[many])
        times.push(s.ms)
        await new Promise((r) => setTimeout(r, 300))
        rss = Number(readFileSync(`/proc/${s.server.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024
        await stop(s)
    }
    times.sort((a, b) => a - b)
    say('memory at rest, MB', rss.toFixed(1), '≤ 20')
    say('start on that store until the first answer, ms (median of 5)', times[2].toFixed(0), '≤ 100')
} finally {
    clean()
}
const width = Math.max(...lines.map((l) => l[0].length))
for (const [what, is, wanted] of lines) console.log(`${what.padEnd(width)}  ${is.padEnd(34)}  wanted ${wanted}`)
