// SPDX-License-Identifier: Apache-2.0
// zone.mjs: the demonstration zone that the drills are made in: its server, its people, requests of theirs, and the count of what held.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const program = process.argv[2]
const work = mkdtempSync(join(tmpdir(), 'lingfei-drill-')), data = join(work, 'data')

let passed = 0, failed = 0
export const check = (ok, what) => { ok ? passed++ : failed++; if (!ok) console.log('FAILED ' + what) }
export const sleep = (ms) => new Promise((r) => setTimeout(r, ms))

// {server, base, port, gone}: gone is kept when the process ended.
export function start() {
    return new Promise((resolve, reject) => {
        const server = spawn(program, ['serve', '--demo', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] })
        let out = ''
        server.stdout.on('data', (d) => {
            out += d
            const m = out.match(/listening on (http:\/\/127\.0\.0\.1:(\d+))/)
            if (m) resolve({ server, base: m[1], port: Number(m[2]), gone: new Promise((r) => server.on('exit', r)) })
        })
        server.on('exit', (code) => reject(new Error('the server ended with ' + code)))
    })
}

export function token(login) {
    const made = spawnSync(program, ['account', 'token', login, '--data', data], { encoding: 'utf8' })
    if (made.status) throw new Error(made.stderr)
    return made.stdout.trim()
}

export async function ask(base, who, method, path, body, more) {
    const answer = await fetch(base + path, {
        method, body: body && JSON.stringify(body),
        headers: { Authorization: 'Bearer ' + who, Accept: 'application/json', 'Accept-Language': 'en', 'Content-Type': 'application/json', ...more },
    })
    return { status: answer.status, body: await answer.json().catch(() => null) }
}

// What an agreement needs that can be sent to the enterprise at once: its subject is the caller's.
export async function agreement(run, agency) {
    const paper = new FormData()
    paper.append('file', new Blob(['%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n']), 'contract.pdf')
    const sent = await fetch(run.base + '/documents', { method: 'POST', body: paper, headers: { Authorization: 'Bearer ' + agency, Accept: 'application/json' } })
    const [firms, services] = [await ask(run.base, agency, 'GET', '/organisations?kind=enterprise'), await ask(run.base, agency, 'GET', '/services')]
    return {
        contract: (await sent.json()).id, enterprise: firms.body.items[0].id, item: services.body.items[0].id,
        quantity: 1, fee_fen: 0, from_day: '2026-10-19', to_day: '2026-12-31', pay_year: 2026,
    }
}

// Runs the drill; then the record must be unbroken. Says "N passed, N failed" and ends.
export async function drill(run) {
    try {
        await run()
        const proof = spawnSync(program, ['verify', '--data', data], { encoding: 'utf8' })
        check(proof.status === 0, 'verify: ' + proof.stdout + proof.stderr)
        console.log(proof.stdout.trim())
    } catch (e) {
        check(false, e.message)
    }
    rmSync(work, { recursive: true, force: true })
    console.log(`${passed} passed, ${failed} failed`)
    process.exit(failed ? 1 : 0)
}
