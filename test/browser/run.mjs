// SPDX-License-Identifier: Apache-2.0
// run.mjs: looks at every page as people do, and judges it.
//
//   node test/browser/run.mjs --url http://127.0.0.1:8080 [--shots DIR] [--only PART] [--timing] [--picture FILE]
//
// --picture: an officer's desk as the README shows it.
//
// The server runs with --demo. Pages and whose they are: pages.mjs. Each page is loaded in Chinese and in English, looked
// at 1280 and 360 pixels wide, light and dark, once without JavaScript, and its HTML is validated twice. One line per
// failure; the last line is "N passed, N failed".
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import pages from './pages.mjs'
import acts from './acts.mjs'
import { Judges } from './judges.mjs'
import { left_in_english } from './messages.mjs'

const require = createRequire(import.meta.url)
const option = (name) => { const i = process.argv.indexOf('--' + name); return i < 0 ? undefined : process.argv[i + 1] }
const base = (option('url') || 'http://127.0.0.1:8080').replace(/\/$/, '')
const shots = option('shots'), only = option('only'), timing = process.argv.includes('--timing')
const PASSWORD = process.env.LINGFEI_DEMO_PASSWORD || 'lingfei-demo-2018'
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const axe_source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const WIDE = { width: 1280, height: 800 }, NARROW = { width: 360, height: 740 }
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage']

let passed = 0
const failures = []
function check(ok, what) {
    if (ok) passed++
    else { failures.push(what); console.log('FAILED ' + what) }
    return ok
}

const browser_path = process.env.CHROME_PATH || ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (!browser_path) { console.log('there is no Chromium: run tool/install.sh test'); process.exit(2) }
const browser = await chromium.launch({ executablePath: browser_path, headless: true, args: FLAGS })
const judges = new Judges(check)

// ---- one context a person, kept for the whole run ------------------------------------------------------------

const contexts = new Map()
function context_of(login, options = {}) {
    const key = (login || 'public') + JSON.stringify(options)
    if (!contexts.has(key)) contexts.set(key, open_context(login, options))
    return contexts.get(key)
}

async function open_context(login, options) {
    const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', ...options })
    if (!login) return context
    const page = await context.newPage()
    await sign_in(page, login)
    await page.close()
    return context
}

export async function sign_in(page, login, password = PASSWORD) {
    await page.goto(base + '/login')
    await page.fill('main input[name=login]', login)
    await page.fill('main input[name=password]', password)
    await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')])
    if (/\/login$/.test(new URL(page.url()).pathname)) throw new Error(login + ' cannot sign in')
}

// ---- what is watched while a page is there ---------------------------------------------------------------------

function watch(page, name, expected) {
    page.on('console', (m) => {
        if (m.type() !== 'error') return
        if (expected >= 400 && /status of \d+/.test(m.text())) return // the browser tells of the page itself
        check(false, `${name}: console: ${m.text()}`)
    })
    page.on('pageerror', (e) => check(false, `${name}: script: ${e.message}`))
    page.on('request', (r) => {
        const u = new URL(r.url())
        if (u.protocol !== 'data:' && u.protocol !== 'blob:' && u.host !== new URL(base).host) check(false, `${name}: asks ${u.host}`)
    })
}

const with_arguments = (path, query) => path + (path.includes('?') ? '&' : '?') + query

// where a page is that only a link of another leads to: {from, link}
const found = new Map()
async function path_of(item, context) {
    if (item.path) return item.path
    const key = item.role + item.from + item.link + (item.then || '')
    if (!found.has(key)) {
        const page = await context.newPage()
        await page.goto(base + item.from)
        const href = await page.locator(item.link).first().getAttribute('href', { timeout: 3000 }).catch(() => null)
        await page.close()
        found.set(key, href && item.then ? href + item.then : href)
    }
    return found.get(key)
}

async function axe(page, name, rules) {
    const bad = await page.evaluate(async ([tags, only_rules]) => {
        const options = { resultTypes: ['violations'], runOnly: only_rules ? { type: 'rule', values: only_rules } : { type: 'tag', values: tags } }
        const r = await window.axe.run(document, options)
        return r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message || n.failureSummary || '').slice(0, 140)).join(' | ') +
            (v.nodes.length > 3 ? ` and ${v.nodes.length - 3} more` : ''))
    }, [TAGS, rules])
    check(bad.length === 0, `${name}: axe: ${bad.join(' ; ')}`)
}

const theme = (page, to) => page.evaluate((t) => { document.documentElement.dataset.bsTheme = t }, to)
const sideways = (page) => page.evaluate(() => {
    const over = document.documentElement.scrollWidth - window.innerWidth
    if (over <= 0) return ''
    const wide = [...document.querySelectorAll('main *, header *, footer *')].find((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.table-responsive, .flow-canvas'))
    return `${over}px, at <${wide ? wide.tagName.toLowerCase() + ' class="' + wide.className + '"' : '?'}>`
})

async function shot(page, item, what) {
    if (shots) await page.screenshot({ path: `${shots}/${item.name}-${what}.png`, fullPage: true })
}

// what holds for every page in every language
async function rules(page, name, lang) {
    const seen = await page.evaluate(() => ({
        lang: document.documentElement.lang, h1: document.querySelectorAll('h1').length, title: document.title,
        steps: [...document.querySelectorAll('ol')].filter((o) => o.querySelectorAll(':scope > [aria-current=step]').length > 1).length,
        forms: [...document.querySelectorAll('form[method=post]')].filter((f) => !f.querySelector('input[name=csrf]')).map((f) => f.getAttribute('action')),
        templates: /\{\{/.test(document.body.innerText),
        links: [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href')),
    }))
    check(seen.lang === (lang === 'zh' ? 'zh-CN' : 'en'), `${name}: <html lang="${seen.lang}">`)
    check(seen.h1 === 1, `${name}: has ${seen.h1} h1`)
    check(seen.title.length > 3, `${name}: title is "${seen.title}"`)
    check(seen.steps === 0, `${name}: several steps are the current one`)
    check(seen.forms.length === 0, `${name}: forms without csrf: ${seen.forms}`)
    check(!seen.templates, `${name}: braces of a template are left`)
    if (lang === 'zh') {
        const english = left_in_english(await page.evaluate(() => {
            const texts = []
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
            while (walk.nextNode()) {
                const n = walk.currentNode
                if (!n.parentElement.closest('script, style, code, pre, [lang=en], .user-text')) texts.push(n.textContent.replace(/\s+/g, ' ').trim())
            }
            for (const e of document.querySelectorAll('[aria-label], [placeholder], [title]'))
                for (const a of ['aria-label', 'placeholder', 'title']) if (e.hasAttribute(a) && !e.closest('.bjs-powered-by')) texts.push(e.getAttribute(a)) // the maker's mark stays as it is
            return texts.filter(Boolean)
        }))
        check(english.length === 0, `${name}: English in the Chinese page: ${english.slice(0, 5).map((t) => '“' + t + '”').join(' ')}`)
    }
    return seen.links
}

// ---- a page ---------------------------------------------------------------------------------------------------------

const links = new Map() // per person, one of each kind of address
function note_links(login, hrefs) {
    const all = links.get(login) || links.set(login, new Map()).get(login)
    for (const h of hrefs) {
        if (!h.startsWith('/') || h.startsWith('//') || /[?&](lang|theme)=/.test(h)) continue
        const kind = h.replace(/#.*/, '').replace(/\d+/g, '0').replace(/([?&](after|v|lang|theme|next|q))=[^&]*/g, '$1=')
        if (!all.has(kind)) all.set(kind, h.replace(/#.*/, ''))
    }
}

async function look(item) {
    const begun = Date.now(), status = item.status || 200
    const context = await context_of(item.role)
    const path = await path_of(item, context)
    if (!check(path, `${item.name}: ${item.role || 'public'} finds no ${item.link} on ${item.from}`)) return
    const page = await context.newPage()
    const at = { name: item.name }
    watch(page, item.name + ' ' + path, status)
    for (const lang of ['zh', 'en']) {
        at.name = `${item.name} ${path} (${item.role || 'public'}, ${lang})`
        await page.setViewportSize(WIDE)
        const answer = await page.goto(base + with_arguments(path, `lang=${lang}&theme=light`))
        if (!check(answer.status() === status, `${at.name}: status ${answer.status()}, not ${status}`)) break
        if (lang === 'zh') judges.add(item.name, await answer.text())
        note_links(item.role || '', await rules(page, at.name, lang))
        if (item.wait) await page.waitForSelector(item.wait)
        await page.evaluate(() => { const s = new CSSStyleSheet(); s.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }'); document.adoptedStyleSheets = [s] })
        await page.evaluate(axe_source)
        await axe(page, at.name + ' light 1280')
        await shot(page, item, `${lang}-1280-light`)
        await page.setViewportSize(NARROW)
        const over = await sideways(page)
        check(!over, `${at.name}: wider than 360: ${over}`)
        if (lang === 'zh') {
            await axe(page, at.name + ' light 360')
            await shot(page, item, `${lang}-360-light`)
            await theme(page, 'dark')
            await axe(page, at.name + ' dark 360', ['color-contrast', 'link-in-text-block'])
            await shot(page, item, `${lang}-360-dark`)
            await page.setViewportSize(WIDE)
            await axe(page, at.name + ' dark 1280', ['color-contrast', 'link-in-text-block'])
            await shot(page, item, `${lang}-1280-dark`)
        } else {
            await shot(page, item, `${lang}-360-light`)
        }
    }
    await page.close()
    await look_without_scripts(item, path, status)
    if (timing) console.log(`${item.name}: ${Date.now() - begun} ms`)
}

async function look_without_scripts(item, path, status) {
    const state = await (await context_of(item.role)).storageState()
    const context = await context_of(null, { javaScriptEnabled: false, viewport: NARROW, storageState: state, _of: undefined })
    const page = await context.newPage(), name = `${item.name} ${path} (${item.role || 'public'}, without JavaScript)`
    const answer = await page.goto(base + with_arguments(path, 'lang=zh&theme=dark'))
    check(answer.status() === status, `${name}: status ${answer.status()}`)
    check(await page.locator('main h1').isVisible(), `${name}: no heading to be seen`)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    check(over <= 0, `${name}: wider than 360 by ${over}`)
    await page.close()
}

// ---- no link leads nowhere --------------------------------------------------------------------------------------------

async function follow_links() {
    for (const [login, all] of links) {
        const context = await context_of(login || null)
        for (const href of all.values()) {
            const answer = await context.request.get(base + href, { maxRedirects: 5, headers: { Accept: 'text/html' } }).catch((e) => ({ status: () => e.message }))
            check(answer.status() < 400, `link ${href} of ${login || 'public'}: ${answer.status()}`)
        }
    }
}

// ---- the picture of the README -----------------------------------------------------------------------------------------

async function take_picture(file) {
    const page = await (await context_of('bureau1')).newPage()
    await page.setViewportSize(WIDE)
    const answer = await page.goto(base + '/desk?lang=zh&theme=light')
    check(answer.status() === 200, `picture: status ${answer.status()}`)
    await page.screenshot({ path: file })
    await page.close()
}

// ---- the run -------------------------------------------------------------------------------------------------------------

const chosen = pages.filter((p) => !only || p.name.includes(only) || (p.path || '').includes(only))
if (shots) mkdirSync(shots, { recursive: true })
if (option('picture')) await take_picture(option('picture')).catch((e) => check(false, 'picture: ' + e.message.split('\n')[0]))
const queue = [...chosen]
async function worker() {
    for (let item; (item = queue.shift());)
        await look(item).catch((e) => check(false, `${item.name}: ${e.message.split('\n')[0]}`))
}
await Promise.all([worker(), worker()])
const acted = Object.entries(acts).filter(([name]) => !only || only === 'acts' || name.includes(only))
if (acted.length) {
    for (const [name, act] of acted) {
        const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce' })
        const page = await context.newPage()
        const said = (ok, what) => check(ok, `${name}${what ? ': ' + what : ''}`)
        await act({ page, context, browser, base, check: said, sign_in }).catch((e) => said(false, e.message.split('\n')[0]))
        await context.close()
    }
    if (!only || only === 'acts') await follow_links().catch((e) => check(false, 'links: ' + e.message))
}
await browser.close()
await judges.judge()
console.log(`${passed} passed, ${failures.length} failed`)
process.exit(failures.length ? 1 : 0)
