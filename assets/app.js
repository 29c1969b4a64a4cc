// SPDX-License-Identifier: Apache-2.0
// app.js: what makes pages quicker and safer to use; each of them works without it.
const says = document.getElementById('app').dataset
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector))

function make(tag, attributes, text) {
    const e = document.createElement(tag)
    for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v)
    if (text) e.textContent = text
    return e
}

function clock() {
    return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(new Date())
}

// ---- errors: focus on the summary, and from its lines into the field ------------------------------------

function go_to_field(link) {
    const target = document.getElementById(link.hash.slice(1))
    if (!target) return
    const details = target.closest('details')
    if (details) details.open = true
    const field = target.matches('fieldset') ? target.querySelector('input') : target
    ;(field.closest('.field') || field).scrollIntoView({ block: 'center' })
    field.focus({ preventScroll: true })
}

const summary = document.getElementById('error-summary')
if (summary) {
    summary.focus()
    for (const link of all('a[href^="#"]', summary))
        link.addEventListener('click', (e) => { e.preventDefault(); go_to_field(link) })
}

// ---- menus close as people expect ---------------------------------------------------------------------------

document.addEventListener('click', (e) => {
    for (const m of all('details.menu[open]')) if (!m.contains(e.target)) m.open = false
})
document.addEventListener('keydown', (e) => {
    if (e.key === 'Escape') for (const m of all('details.menu[open]')) { m.open = false; m.querySelector('summary').focus() }
    const typing = e.target.closest('input, textarea, select, [contenteditable]')
    if (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
        const search = document.querySelector('input[type=search]')
        if (search) { e.preventDefault(); search.focus() }
    }
})

// ---- forms: busy buttons, nothing lost, drafts that save themselves ----------------------------------------

const dirty = new Set()
let leaving = false

function busy(form, submitter) {
    for (const b of all('button[type=submit]', form)) {
        b.setAttribute('aria-disabled', 'true')
        if (b === submitter) { b.dataset.text = b.textContent; b.classList.add('is-busy'); b.append(make('span', { class: 'visually-hidden', role: 'status' }, says.busy)) }
    }
    form.dataset.sent = '1'
}

function ready_again() {
    leaving = false
    for (const form of all('form[data-sent]')) {
        delete form.dataset.sent
        for (const b of all('button[type=submit]', form)) {
            b.removeAttribute('aria-disabled')
            b.classList.remove('is-busy')
            for (const s of all('[role=status]', b)) s.remove()
        }
    }
}

document.addEventListener('submit', (e) => {
    const form = e.target
    if (form.method !== 'post') return
    if (form.dataset.sent) { e.preventDefault(); return } // a second click sends nothing twice
    leaving = true
    dirty.delete(form)
    busy(form, e.submitter)
})
window.addEventListener('pageshow', (e) => { if (e.persisted) ready_again() })
window.addEventListener('beforeunload', (e) => {
    if (!leaving && dirty.size) e.preventDefault()
})

const guarded = all('main form[method=post]').filter((f) => all('textarea, input:not([type=hidden]):not([type=password]), select', f).length)
for (const form of guarded) form.addEventListener('input', () => dirty.add(form))

function note_at(form) {
    let note = form.querySelector('.autosave')
    if (!note) form.append(note = make('p', { class: 'autosave', role: 'status' }))
    return note
}

// What is typed goes to the draft's own address; a file goes ahead by itself (see below).
async function save(form, note) {
    const fields = new URLSearchParams()
    for (const [k, v] of new FormData(form)) if (typeof v === 'string' && k !== 'once') fields.append(k, v)
    note.textContent = says.saving
    const answer = await fetch(form.dataset.autosave, {
        method: 'POST', body: fields, credentials: 'same-origin', redirect: 'follow',
        headers: { Accept: 'application/json', 'X-CSRF-Token': says.csrf || '' },
    })
    if (answer.status === 409) { note.textContent = says.conflict; note.classList.add('autosave-bad'); return false }
    if (answer.status === 422) { note.textContent = ''; return true } // half typed: the next change tries again
    if (!answer.ok) throw new Error(String(answer.status))
    const kept = await answer.json()
    for (const counted of ['version', 'draft']) {
        const hidden = form.querySelector(`input[type=hidden][name=${counted}]`)
        if (hidden && kept && kept[counted] !== undefined) hidden.value = kept[counted]
    }
    note.classList.remove('autosave-bad')
    note.textContent = says.saved + ' ' + clock()
    dirty.delete(form)
    return true
}

for (const form of all('form[data-autosave]')) {
    const note = note_at(form)
    let timer = 0, running = false, changed = false, stopped = false
    const run = async () => {
        timer = 0
        if (running) { changed = true; return }
        running = true
        changed = false
        try { stopped = !(await save(form, note)) } catch { note.textContent = says.unsaved; note.classList.add('autosave-bad'); changed = true }
        running = false
        if (changed && !stopped && !form.dataset.sent) timer = setTimeout(run, 8000)
    }
    form.addEventListener('input', () => {
        if (!stopped && !form.dataset.sent && !timer) timer = setTimeout(run, 5000)
    })
    form.addEventListener('submit', () => { clearTimeout(timer); timer = 1 })
}

// ---- files go ahead in pieces while the rest is typed, and go on after a lost connection; without this they go with the form -----

const PIECE = 512 << 10
const wait = (ms) => new Promise((done) => setTimeout(done, ms))

function ask(method, path, body, more) {
    return fetch(path, { method, body, credentials: 'same-origin', headers: { Accept: 'application/json', 'X-CSRF-Token': says.csrf, ...more } })
}

class Refused extends Error {}

async function answer_of(answer) {
    const said = await answer.json().catch(() => null)
    if (answer.ok && said) return said
    const why = said && (said.errors && said.errors[0] && said.errors[0].reason || said.detail)
    if (answer.status >= 400 && answer.status < 500) throw new Refused(why || says.unsent)
    throw new Error(String(answer.status))
}

// One that was cut off by a closed page is found again by what the file is.
const memory = (file) => ['upload', file.name, file.size, file.lastModified].join(':')

async function begin(file) {
    const known = localStorage.getItem(memory(file))
    if (known) {
        const answer = await ask('GET', '/uploads/' + known)
        if (answer.ok) { const far = await answer.json(); if (far.state !== 'refused') return far }
    }
    const far = await answer_of(await ask('POST', '/uploads', JSON.stringify({ name: file.name, bytes: file.size }), { 'Content-Type': 'application/json' }))
    localStorage.setItem(memory(file), far.key)
    return far
}

async function next_piece(file, far) {
    const answer = await ask('PATCH', '/uploads/' + far.key, file.slice(far.taken, far.taken + PIECE),
        { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(far.taken) })
    return answer.status === 409 ? answer_of(await ask('GET', '/uploads/' + far.key)) : answer_of(answer)
}

// A lost connection or a server that restarts is waited for: it says how far the file is, and from there it goes on.
async function send(file, tell) {
    let far = null, patience = 1000
    while (!far || far.state === 'receiving' || far.state === 'checking') {
        try {
            if (!far) far = await begin(file)
            else if (far.lost || far.state === 'checking') far = await answer_of(await ask('GET', '/uploads/' + far.key))
            else far = await next_piece(file, far)
            patience = 1000
            tell(far.taken / far.bytes, '')
            if (far.state === 'checking') await wait(2000)
        } catch (e) {
            if (e instanceof Refused) throw e
            if (far) far.lost = true
            tell(far ? far.taken / far.bytes : 0, says.lost)
            await wait(patience)
            patience = Math.min(patience * 2, 15000)
        }
    }
    localStorage.removeItem(memory(file))
    if (far.state === 'refused') throw new Refused(far.reason)
    return far.document
}

async function upload(input, file, said, bar) {
    const still = () => input.files[0] === file // another may have been chosen meanwhile
    try {
        const id = await send(file, (share, trouble) => { if (still()) { bar.value = share; said.textContent = trouble || says.sending } })
        if (!still()) return
        const name = input.name + '_kept'
        for (const old of all(`input[name="${name}"]`, input.form)) (old.closest('.kept') || old).remove()
        input.before(make('input', { type: 'hidden', name, value: id }))
        input.value = ''
        said.textContent = file.name + ' · ' + says.sent
        input.form.dispatchEvent(new Event('input', { bubbles: true }))
    } catch (e) {
        if (!still()) return
        said.textContent = e.message || says.unsent
        said.classList.add('field-error')
    } finally {
        bar.remove()
    }
}

for (const input of all('input[type=file][data-upload]')) {
    if (!says.csrf) break
    const said = make('p', { class: 'form-hint', role: 'status' })
    input.after(said)
    input.addEventListener('change', () => {
        const file = input.files[0]
        said.className = 'form-hint'
        if (!file) return
        if (file.size > 20 << 20) { said.textContent = says.large; said.classList.add('field-error'); input.value = ''; return }
        const bar = make('progress', { max: 1, value: 0, 'aria-label': says.sending })
        said.textContent = says.sending
        said.after(bar)
        upload(input, file, said, bar)
    })
}

// ---- tables with a tick in each row: select all of the page, count and sum -----------------------------------

for (const table of all('table[data-bulk]')) {
    const ticks = all('tbody input[type=checkbox]', table)
    const place = table.querySelector('thead [data-select-all]')
    const told = document.querySelector('[data-bulk-told]')
    if (!ticks.length || !place) continue
    const every = make('input', { type: 'checkbox', class: 'form-check-input', 'aria-label': says.all })
    place.replaceChildren(every)
    const tell = () => {
        const on = ticks.filter((t) => t.checked)
        every.checked = on.length === ticks.length
        every.indeterminate = on.length > 0 && on.length < ticks.length
        const fen = on.reduce((sum, t) => sum + BigInt(t.dataset.fen || 0), 0n)
        if (told) told.textContent = says.chosen + ' ' + on.length + (fen ? ' · ¥' + (fen / 100n).toLocaleString('en') + '.' + String(fen % 100n).padStart(2, '0') : '')
    }
    every.addEventListener('change', () => { for (const t of ticks) t.checked = every.checked; tell() })
    table.addEventListener('change', tell)
    tell()
}

// ---- the session: a word before it ends -------------------------------------------------------------------------

if (says.session) {
    let ends = Date.now() + Number(says.session) * 1000, bar = null
    const channel = 'BroadcastChannel' in window ? new BroadcastChannel('session') : null
    const renewed = () => { ends = Date.now() + Number(says.session) * 1000; if (bar) { bar.remove(); bar = null } }
    if (channel) { channel.postMessage('used'); channel.addEventListener('message', renewed) }
    const stay = async () => {
        const answer = await fetch('/account', { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
        if (answer.ok) { renewed(); if (channel) channel.postMessage('used') }
    }
    const warn = (text, button) => {
        if (bar) bar.remove()
        bar = make('div', { class: 'session-bar', role: 'alert' })
        bar.append(make('p', {}, text))
        if (button) {
            const b = make('button', { type: 'button', class: 'btn btn-primary' }, says.stay)
            b.addEventListener('click', () => stay().catch(() => warn(says.unsaved)))
            bar.append(b)
        }
        document.body.append(bar)
    }
    let state = 0
    setInterval(() => {
        const left = ends - Date.now(), now = left <= 0 ? 2 : left <= 120000 ? 1 : 0
        if (now === state) return
        state = now
        if (now === 1) warn(says.ending, true)
        if (now === 2) warn(says.ended, false)
    }, 1000)
}
