// SPDX-License-Identifier: Apache-2.0
// site.mjs PROGRAM FILL [ROWS]: pages of the real server beside nginx serving a file of the same size, at ten thousand and at a million
// applications; memory at rest and the time to start. Prints one table of ratios; for people, never a test.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [program, fill] = process.argv.slice(2), many = Number(process.argv[4] || 1000000), few = 10000
const SECONDS = Number(process.env.BENCH_SECONDS || 4)
const work = mkdtempSync(join(tmpdir(), 'lingfei-bench-'))
const lines = []
const say = (what, is, wanted) => { lines.push([what, is, wanted]); console.error(`${what}: ${is}`) }

function start(data, args = []) {
    return new Promise((resolve, reject) => {
        const from = process.hrtime.bigint()
        const server = spawn(program, ['serve', ...args, '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] })
        let out = ''
        server.stdout.on('data', async (d) => {
            out += d
            const m = out.match(/listening on (http:\S+)/)
            if (!m) return
            await fetch(m[1] + '/healthz')
            resolve({ server, base: m[1], ms: Number(process.hrtime.bigint() - from) / 1e6, gone: new Promise((r) => server.on('exit', r)) })
        })
        server.on('exit', (code) => reject(new Error('the server ended with ' + code)))
    })
}
const stop = async (s) => { s.server.kill('SIGTERM'); await s.gone.catch(() => 0) }

function wrk(url, token) {
    const head = token ? ['-H', 'Cookie: ' + token] : []
    const out = execFileSync('wrk', ['-t2', '-c32', `-d${SECONDS}s`, ...head, url], { encoding: 'utf8' })
    if (/Non-2xx/.test(out)) throw new Error(url + ' ' + out)
    return Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1])
}

async function pages(data) {
    const s = await start(data)
    const session = async (login) => {
        const answer = await fetch(s.base + '/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password: 'lingfei-demo-2018' }) })
        return answer.headers.get('set-cookie').split(';')[0]
    }
    const officer = await session('auditor1'), alliance = await session('alliance1')
    const html = { list: ['/applications', officer], application: ['/applications/1000007', officer], desk: ['/desk', alliance] }
    const got = {}
    for (const [name, [path, t]] of Object.entries(html)) {
        const page = await (await fetch(s.base + path, { headers: { Cookie: t } })).text()
        if (!page.includes('<html')) throw new Error(path + ': ' + page.slice(0, 200))
        got[name] = { size: Buffer.byteLength(page), rate: wrk(s.base + path, t), page }
    }
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
    await stop(await start(base, ['--demo']))
    const stores = {}
    for (const rows of [few, many]) {
        stores[rows] = join(work, 'rows' + rows)
        execFileSync('cp', ['-r', base, stores[rows]])
        execFileSync(fill, [join(stores[rows], 'lingfei.sqlite'), String(rows)])
    }
    const small = await pages(stores[few]), large = await pages(stores[many])
    const beside = nginx(large.list.size)
    await new Promise((r) => setTimeout(r, 500))
    const file = wrk('http://127.0.0.1:18391/page.html')
    beside.kill()
    say(`list of 50 out of ${many} as HTML (${large.list.size} bytes), of nginx`, `${(large.list.rate / file).toFixed(2)} (${large.list.rate.toFixed(0)}/s of ${file.toFixed(0)}/s)`, '≥ 0.15, aim 0.3')
    for (const name of Object.keys(small)) say(`${name}: ${few} against ${many}, times`, `${(small[name].rate / large[name].rate).toFixed(2)} (${small[name].rate.toFixed(0)}/s, ${large[name].rate.toFixed(0)}/s)`, '≤ 1.3')
    const times = []
    let rss
    for (let i = 0; i < 5; i++) {
        const s = await start(stores[many])
        times.push(s.ms)
        await new Promise((r) => setTimeout(r, 300))
        rss = Number(readFileSync(`/proc/${s.server.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024
        await stop(s)
    }
    times.sort((a, b) => a - b)
    say('memory at rest, MB', rss.toFixed(1), '≤ 20')
    say('start on that store until the first answer, ms (median of 5)', times[2].toFixed(0), '≤ 100')
} finally {
    rmSync(work, { recursive: true, force: true })
}
const width = Math.max(...lines.map((l) => l[0].length))
for (const [what, is, wanted] of lines) console.log(`${what.padEnd(width)}  ${is.padEnd(34)}  wanted ${wanted}`)
