// SPDX-License-Identifier: Apache-2.0
// acts.mjs: what people do, one by one; the names are sentences. Each gets a fresh browser context.
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default {
    async 'a wrong password brings the form back with its error first and the focus there'({ page, base, check }) {
        await page.goto(base + '/login?lang=zh')
        await page.fill('main input[name=login]', 'nobody-of-this-name')
        await page.fill('main input[name=password]', 'wrong wrong wrong')
        const [answer] = await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')])
        check(answer.status() === 422, `status ${answer.status()}`)
        check((await page.title()).startsWith('错误：'), await page.title())
        check(await page.evaluate(() => document.activeElement.id === 'error-summary'), 'the summary has no focus')
        check(await page.inputValue('main input[name=login]') === 'nobody-of-this-name', 'what was typed is gone')
        const link = page.locator('#error-summary a').first()
        check(await link.count() === 1, 'no link to the field')
        await link.click()
        check(await page.evaluate(() => document.activeElement.name === 'login'), 'the link does not lead into the field')
    },

    async 'what is typed as markup is shown as text'({ page, base, check, sign_in }) {
        const hostile = ['"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>", '</textarea><script>alert(1)</script>', 'javascript:alert(1)', '{{{7*7}}}<b>']
        let dialogs = 0, reports = 0
        page.on('dialog', (d) => { dialogs++; d.dismiss() })
        page.on('console', (m) => { if (/Content Security Policy/i.test(m.text())) reports++ })
        for (const text of hostile) {
            await page.goto(base + '/login?lang=zh')
            await page.fill('main input[name=login]', text.slice(0, 60))
            await page.fill('main input[name=password]', 'wrong wrong wrong')
            await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')])
            check(await page.inputValue('main input[name=login]') === text.slice(0, 60), `${text} does not come back`)
        }
        await sign_in(page, 'enterprise1')
        for (const text of hostile) {
            await page.goto(base + '/organisation')
            const box = page.locator('main form[action="/organisation"] input[type=text], main form[action="/organisation"] textarea').last()
            await box.fill(text)
            await Promise.all([page.waitForNavigation(), page.locator('main form[action="/organisation"] button[type=submit]').last().click()])
            await page.goto(base + '/organisation')
            check((await page.content()).includes('alert(1)') || !text.includes('alert(1)'), `${text} was not kept`)
        }
        check(dialogs === 0, `${dialogs} dialogs`)
        check(reports === 0, `${reports} reports of the policy`)
        check(await page.evaluate(() => localStorage.length + sessionStorage.length) === 0, 'the browser keeps something')
    },

    async 'the first Tab leads past the menu'({ page, base, check }) {
        await page.goto(base + '/login')
        await page.keyboard.press('Tab')
        check(await page.evaluate(() => document.activeElement.className === 'skip-link'), 'the skip link is not first')
        await page.keyboard.press('Enter')
        check(page.url().endsWith('#main'), page.url())
    },

    async 'language and theme are kept'({ page, base, check }) {
        await page.goto(base + '/login?lang=en&theme=dark')
        await page.goto(base + '/sitemap')
        check(await page.evaluate(() => document.documentElement.lang) === 'en', 'the language is lost')
        check(await page.evaluate(() => document.documentElement.dataset.bsTheme) === 'dark', 'the theme is lost')
        await page.click('.top-side a[hreflang]')
        check(await page.evaluate(() => document.documentElement.lang) === 'zh-CN' && page.url().includes('/sitemap'), page.url())
    },

    async 'somebody not signed in is led back to where they were going'({ page, base, check }) {
        await page.goto(base + '/account')
        check(await page.locator('main input[name=password]').count() === 1, 'no sign-in form')
        await page.fill('main input[name=login]', 'agency1')
        await page.fill('main input[name=password]', process.env.LINGFEI_DEMO_PASSWORD || 'lingfei-demo-2018')
        await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')])
        check(new URL(page.url()).pathname === '/account', page.url())
    },

    async 'a form met by an ended session is shown again after signing in'({ page, context, base, check, sign_in }) {
        await sign_in(page, 'agency1')
        await page.goto(base + '/account?lang=zh')
        await page.fill('input[name=old]', 'not this one')
        await page.fill('input[name=password]', 'a sentence long enough')
        await context.clearCookies()
        await Promise.all([page.waitForNavigation(), page.click('form[action="/account/password"] button[type=submit]')])
        check(await page.locator('main input[name=kept]').count() === 1, 'what was typed is not kept')
    },

    async 'a clerk acts for a firm under its mandate, gets a receipt, and leaves off'({ page, base, check, sign_in }) {
        await sign_in(page, 'counter1')
        await page.goto(base + '/counter?lang=en&q=91990001MA0LF01206')
        await Promise.all([page.waitForNavigation(), page.click('main form[action$="/use"] button')])
        check((await page.textContent('.standing-bar')).includes('You act for Example Four'), 'the bar does not say for whom')
        const refused = await page.goto(base + '/agreements')
        check(refused.status() === 403 && (await page.textContent('main')).includes('Reading agreements'), `status ${refused.status()}`)
        await page.goto(base + '/organisation')
        await page.fill('main input[name=phone]', '0000-00000000')
        await Promise.all([page.waitForNavigation(), page.click('main form[action="/organisation"] button[type=submit]')])
        await Promise.all([page.waitForNavigation(), page.click('.standing-bar a[href^="/counter/receipts/"]')])
        check((await page.textContent('main')).includes("Change of the firm's particulars"), 'the receipt does not say what')
        await Promise.all([page.waitForNavigation(), page.click('main a[href^="/receipts/"]')])
        check((await page.textContent('main')).includes('genuine') && !(await page.textContent('main')).includes('窗口经办员'), 'the public page names a person')
        await Promise.all([page.waitForNavigation(), page.click('.standing-bar button')])
        check(new URL(page.url()).pathname === '/counter' && await page.locator('.standing-bar').count() === 0, page.url())
    },

    async 'a deputy stands in for a colleague and is himself again'({ page, base, check, sign_in }) {
        await sign_in(page, 'bureau2')
        await page.goto(base + '/account/deputies?lang=en')
        await Promise.all([page.waitForNavigation(), page.click('main form[action$="/use"] button')])
        check((await page.textContent('.standing-bar')).includes('You stand in for 科技局发函员'), 'the bar does not say for whom')
        await Promise.all([page.waitForNavigation(), page.click('.standing-bar button')])
        check(await page.locator('.standing-bar').count() === 0, 'he still stands in')
    },

    async 'the menu opens as a drawer on a phone and closes by Escape'({ page, base, check, sign_in }) {
        await sign_in(page, 'bureau1')
        await page.setViewportSize({ width: 360, height: 740 })
        check(!(await page.locator('#rail').isVisible()), 'the rail covers the page')
        await page.click('.rail-button')
        check(await page.locator('#rail a').first().isVisible(), 'the rail does not open')
        await page.keyboard.press('Escape')
        check(!(await page.locator('#rail').isVisible()), 'the rail stays')
    },

    async 'a second click sends nothing twice'({ page, base, check }) {
        await page.goto(base + '/login')
        await page.fill('main input[name=login]', 'nobody')
        await page.fill('main input[name=password]', 'wrong wrong wrong')
        let sent = 0
        page.on('request', (r) => { if (r.method() === 'POST') sent++ })
        await page.evaluate(() => { const b = document.querySelector('main button[type=submit]'); b.click(); b.click() })
        await page.waitForSelector('#error-summary')
        check(sent === 1, `${sent} requests`)
    },

    async 'a stranger becomes somebody of the demonstration by its bar'({ page, base, check }) {
        await page.goto(base + '/')
        await page.selectOption('form[action="/demo/person"] select', 'bureau1')
        await Promise.all([page.waitForNavigation(), page.click('form[action="/demo/person"] button')])
        check(page.url().endsWith('/desk'), `${page.url()}: ${await page.title()}`)
    },

    async 'a draft saves itself and is there after the browser is gone'({ page, context, base, check, sign_in }) {
        await sign_in(page, 'agency3')
        const href = await draft_of(page, base)
        await page.goto(base + href + '/edit')
        const typed = 'DB 2102/T ' + (5000 + Date.now() % 4000) + '-2026'
        await page.fill('textarea[name=outcome_number]', typed)
        await page.waitForSelector('.autosave:not(:empty)', { timeout: 10000 })
        await page.waitForFunction(() => /\d\d:\d\d/.test(document.querySelector('.autosave').textContent), null, { timeout: 10000 })
        const other = await context.newPage() // the first is never sent nor closed politely
        await other.goto(base + href + '/edit')
        check(await other.inputValue('textarea[name=outcome_number]') === typed, 'what was typed is lost')
        await other.close()
    },

    async 'two windows with one draft: the second is told and sees both versions'({ page, context, base, check, sign_in }) {
        await sign_in(page, 'agency3')
        const href = await draft_of(page, base)
        const other = await context.newPage()
        await page.goto(base + href + '/edit')
        await other.goto(base + href + '/edit')
        await page.fill('textarea[name=outcome_number]', 'DB 2102/T 4001-2026')
        await Promise.all([page.waitForNavigation(), page.click('main .form-acts button[type=submit]')])
        await other.fill('textarea[name=outcome_number]', 'DB 2102/T 4002-2026')
        const [answer] = await Promise.all([other.waitForNavigation(), other.click('main .form-acts button[type=submit]')])
        check(answer.status() === 409, `status ${answer.status()}`)
        check(await other.inputValue('textarea[name=outcome_number]') === 'DB 2102/T 4002-2026', 'what was typed is gone')
        check((await other.locator('section[aria-labelledby=stored]').innerText()).includes('4001-2026'), 'what is stored is not shown')
        const [again] = await Promise.all([other.waitForNavigation(), other.click('main .form-acts button[type=submit]')])
        check(again.status() === 200, `sent again after comparing: ${again.status()}`)
        await other.close()
    },

    async 'several applications are passed from the list, after a look at number and sum'({ page, base, check, sign_in }) {
        await sign_in(page, 'alliance1')
        await page.goto(base + '/applications?step=compliance&lang=en')
        const rows = await page.locator('tbody input[name=id]').count()
        check(rows >= 2, `${rows} rows wait`)
        await page.check('thead input[type=checkbox]')
        check((await page.locator('[data-bulk-told]').innerText()).includes(String(rows)), 'the number chosen is not told')
        await Promise.all([page.waitForNavigation(), page.click('.bulk-bar button[value=pass]')])
        check(await page.locator('tbody tr').count() === rows, 'the page before the decision lists other rows')
        await Promise.all([page.waitForNavigation(), page.click('main .acts button[value=pass]')])
        check(await page.locator('.badge.bg-green-lt').count() === rows, await page.locator('main').innerText())
    },

    async 'anybody objects without a name and follows it by the code'({ page, base, check }) {
        await page.goto(base + '/notices?lang=en')
        await Promise.all([page.waitForNavigation(), page.locator('main a[href^="/notices/"]').first().click()])
        await Promise.all([page.waitForNavigation(), page.locator('main a[href$="/objections/new"]').click()])
        await page.selectOption('select[name=case_id]', { index: 1 })
        await page.fill('textarea[name=text]', 'The outcome was not reached in the term of service.')
        await Promise.all([page.waitForNavigation(), page.click('main .form-acts button[type=submit]')])
        check(new URL(page.url()).pathname === '/objections/lodged', page.url())
        const code = (await page.locator('main .display').innerText()).trim()
        check(/^[0-9A-Z]{12}$/.test(code), `the code is ${code}`)
        await page.goto(base + '/objections')
        await page.fill('input[name=code]', code.toLowerCase())
        await Promise.all([page.waitForNavigation(), page.click('main .form-acts button[type=submit]')])
        check((await page.locator('main').innerText()).includes('being examined'), await page.locator('main').innerText())
    },

    async 'all items sent back are answered together and none is lost'({ page, base, check, sign_in }) {
        await sign_in(page, 'agency3')
        const href = await draft_of(page, base)
        await page.goto(base + href + '?lang=en')
        const boxes = page.locator('.lacks textarea')
        const n = await boxes.count()
        check(n >= 2, `${n} items to answer`)
        for (let i = 0; i < n; i++) await boxes.nth(i).fill('answer ' + i)
        await Promise.all([page.waitForNavigation(), page.locator('form[action="/deficiencies/answers"] button').click()])
        for (let i = 0; i < n; i++) check(await boxes.nth(i).inputValue() === 'answer ' + i, `answer ${i} is lost`)
    },

    async 'page, PDF, CSV and payment file of one letter agree to the fen'({ page, base, check, sign_in }) {
        await sign_in(page, 'finance2')
        const get = (path, binary) => page.evaluate(async ([p, b]) => {
            const answer = await fetch(p, { headers: b ? {} : { Accept: p.includes('csv') || p.includes('/file') ? 'text/csv' : 'application/json' } })
            if (!b) return answer.text()
            return btoa(Array.from(new Uint8Array(await answer.arrayBuffer()), (x) => String.fromCharCode(x)).join(''))
        }, [path, binary])
        await page.goto(base + '/papers')
        const all = JSON.parse(await get('/papers')).items
        const letter = all.filter((p) => (p.kind.code || p.kind) === 'letter').sort((a, b) => a.id - b.id)[0]
        check(!!letter, 'there is no letter')
        const fen = letter.total_fen, yuan = (fen / 100).toFixed(2), grouped = Number(yuan).toLocaleString('en', { minimumFractionDigits: 2 })
        await page.goto(base + '/papers/' + letter.id + '?lang=zh')
        check((await page.locator('main').innerText()).includes(grouped), `the page does not say ${grouped}`)
        const csv = (await get(`/papers/${letter.id}?format=csv`)).trim().split(/\r?\n/)
        const columns = csv[0].replace('\ufeff', '').split(','), at = columns.findIndex((c) => /^(金额|Amount)/.test(c))
        const sum = csv.slice(1).reduce((total, line) => total + Math.round(Number(line.split(',')[at]) * 100), 0)
        check(csv.length - 1 === letter.count && sum === fen, `CSV: ${csv.length - 1} lines, ${sum} fen, not ${letter.count}, ${fen}`)
        const pdf = Buffer.from(await get(`/papers/${letter.id}/pdf`, true), 'base64')
        const text = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' }).stdout
        check(text.includes(grouped), `the PDF does not say ${grouped}`)
        const orders = JSON.parse(await get('/payments')).items.sort((a, b) => a.id - b.id)
        const file = (await get(`/payments/${orders[0].id}/file`)).trim().split(/\r?\n/)
        check(orders[0].total_fen === fen && orders[0].count === letter.count, `the order: ${orders[0].count}, ${orders[0].total_fen}`)
        check(file.some((line) => line.includes(yuan) || line.includes(String(fen))), `the file does not say its control total ${yuan}: ${file[0]}`)
        for (const number of csv.slice(1).map((l) => l.match(/S\d{4}-\d\d-\d+/)[0]))
            check(text.replace(/\s/g, '').includes(number) && file.join('\n').includes(number), `${number} is not in all of them`)
    },

    async 'a need by clicks and without scripts: compared, asked, accepted, taken, drafted'({ browser, base, check, sign_in }) {
        const people = {}
        for (const login of ['enterprise2', 'agency3']) {
            people[login] = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
            await sign_in(people[login], login)
        }
        const { enterprise2: asks, agency3: answers } = people
        const click = (page, what) => Promise.all([page.waitForNavigation(), page.locator(what).first().click()])
        const subject = 'Needed by clicks ' + Date.now()
        await asks.goto(base + '/needs/new?lang=en')
        await asks.selectOption('select[name=item]', { label: 'Restructuring, listing and financing advice' })
        const topic = asks.locator('[name=topic]')
        await (await topic.count() > 1 ? asks.check('input[name=topic][value=listing]') : topic.selectOption('listing'))
        await asks.fill('[name=subject]', subject)
        await asks.fill('[name=wished_day]', '2027-03-31')
        await click(asks, 'main .form-acts button[type=submit]')
        const need = new URL(asks.url()).pathname
        await click(asks, 'main a[href^="/offers?"]')
        for (const box of await asks.locator('tbody input[type=checkbox]').all()) await box.check()
        await click(asks, 'main button[type=submit]:not(.filters button)')
        check(await asks.locator('thead th').count() === 3, 'two agencies do not stand side by side')
        await click(asks, 'main button[value=pick]')
        await answers.goto(base + '/desk?only=need&lang=en')
        await click(answers, `tbody a:has-text("${subject}")`)
        await click(answers, 'main button[value=accept]')
        await asks.goto(base + need)
        await click(asks, 'main button[value=choose]')
        await answers.goto(base + need)
        await click(answers, 'main button[value=draft]')
        check(/^\/agreements\/\d+$/.test(new URL(answers.url()).pathname), answers.url())
        check((await answers.locator('h1').innerText()) === subject, await answers.locator('h1').innerText())
        for (const page of Object.values(people)) await page.context().close()
    },

    async 'a month by clicks: from the agreement to the bank'({ browser, base, check, sign_in }) {
        const people = new Map()
        const as = async (login) => {
            if (!people.has(login)) {
                const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
                await sign_in(page, login)
                people.set(login, page)
            }
            return people.get(login)
        }
        const click = (page, what) => Promise.all([page.waitForNavigation(), page.locator(what).first().click()])
        const decide = async (login, path, choice) => {
            const page = await as(login)
            await page.goto(base + path)
            for (const why of await page.locator('input[name^=why_]').all()) if (!(await why.inputValue())) await why.fill('已核对，情况属实。')
            await click(page, `main button[name=choice][value=${choice}]`)
            check(await page.locator('main .said').count() === 1, `${login} ${choice}: ${(await page.locator('main').innerText()).slice(0, 300)}`)
            return page
        }
        const pdf = (says) => ({ name: says + '.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4\n% ${says} ${Date.now()}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`) })
        const today = '2026-10-19'

        let page = await as('agency1')
        await page.goto(base + '/agreements/new')
        await page.selectOption('select[name=enterprise]', { label: '样例一号智能装备有限公司' })
        await page.selectOption('select[name=item]', { label: '高新技术企业认定辅导' })
        for (const [name, value] of Object.entries({ subject: '按键测试 ' + Date.now(), quantity: '1', from_day: today, to_day: '2026-12-31', pay_year: '2026' })) await page.fill(`[name=${name}]`, value)
        await page.setInputFiles('input[name=contract]', pdf('contract'))
        await page.waitForSelector('input[name=contract_kept]', { state: 'attached' })
        await click(page, 'main .form-acts button[type=submit]')
        const agreement = new URL(page.url()).pathname.replace('/edit', '')
        check(/^\/agreements\/\d+$/.test(agreement), page.url())
        await decide('agency1', agreement, 'submit')
        await decide('enterprise1', agreement, 'sign')
        await decide('agency1', agreement, 'sign_agency')
        await decide('bureau3', agreement, 'file')

        await page.goto(base + agreement)
        await click(page, 'a[href^="/applications/new"]')
        await click(page, 'main .form-acts button[type=submit]')
        const application = new URL(page.url()).pathname.replace('/edit', '')
        await page.selectOption('select[name=outcome_kind]', 'hte_certificate')
        await page.fill('textarea[name=outcome_number]', 'GR202621' + String(Date.now() % 1000000).padStart(6, '0'))
        for (const name of ['outcome_day', 'service_from', 'service_to']) await page.fill(`[name=${name}]`, today)
        for (const name of ['contract', 'letter', 'proof']) {
            await page.setInputFiles(`input[name=${name}]`, pdf(name))
            await page.waitForSelector(`input[name=${name}_kept]`, { state: 'attached' })
        }
        await click(page, 'main .form-acts button[type=submit]')
        const enterprise = await as('enterprise1')
        await enterprise.goto(base + application)
        await click(enterprise, 'form[action$="/confirm"] button')
        await decide('agency1', application, 'submit')
        const reviewer = await decide('alliance1', application, 'pass')
        const batch = await (await as('auditor1')).goto(base + application).then(() => people.get('auditor1').locator('a[href^="/batches/"]').first().getAttribute('href'))
        check(!!batch, 'the application has no batch')
        void reviewer
        await decide('alliance2', batch, 'report_submit')
        await decide('bureau1', batch, 'bureau_pass')
        await decide('bureau2', batch, 'request_submit')
        await decide('committee1', batch, 'approved')
        for (let i = 0; i < 8; i++) await click(await as('bureau3'), 'form[action="/demo/day"] button')
        await decide('bureau3', batch, 'letter_send')
        await decide('finance1', batch, 'finance_pass')
        const cash = await decide('finance2', batch, 'pay_done')
        await cash.goto(base + '/payments')
        await click(cash, 'tbody a')
        const header = await cash.locator('pre').innerText()
        const lines = await cash.locator('tbody tr').evaluateAll((rows) => rows.map((r) => [r.cells[0].innerText.trim(), r.cells[5].innerText.replace(/[¥,]/g, '').trim()]))
        await cash.fill('textarea[name=results]', header + '\n' + lines.map(([line, amount]) => `${line},${amount},paid,REF${line},2026-10-29,`).join('\n'))
        await click(cash, 'main form[action$="/results"] button[type=submit]')
        check((await cash.locator('tbody .bg-green-lt').count()) === lines.length, (await cash.locator('main').innerText()).slice(0, 400))
        await page.goto(base + application)
        check((await page.locator('h1 + .badge').innerText()).includes('已拨付'), await page.locator('h1 + .badge').innerText())
        for (const p of people.values()) await p.context().close()
    },
    async 'a file whose connection breaks goes on where it was, also after the page was closed'({ browser, base, check, sign_in }) {
        const context = await browser.newContext({ locale: 'zh-CN' })
        let page = await context.newPage()
        await sign_in(page, 'agency1')
        const bytes = randomBytes(6 << 20)
        bytes.write('%PDF-1.4\n')
        const folder = mkdtempSync(join(tmpdir(), 'lingfei-')), file = join(folder, 'long.pdf')
        writeFileSync(file, bytes)
        let pieces = 0, refused = 0, broken = false
        await context.route('**/uploads/*', (route) => {
            if (broken) { refused++; return route.abort('connectionreset') }
            if (route.request().method() === 'PATCH' && ++pieces === 5) { broken = true; return route.abort('connectionreset') }
            return route.continue()
        })
        await page.goto(base + '/documents/new')
        await page.setInputFiles('main input[type=file]', file)
        await page.waitForFunction(() => document.querySelector('main [role=status]').textContent.startsWith('连接中断'))
        check(pieces === 5, `${pieces} pieces before the connection broke`)
        await page.close() // the page is gone with half the file
        broken = false
        page = await context.newPage()
        await page.goto(base + '/uploads')
        check((await page.locator('tbody tr').first().innerText()).includes('2,097,152 / 6,291,456'), await page.locator('tbody').innerText())
        await page.goto(base + '/documents/new')
        await page.setInputFiles('main input[type=file]', file)
        await page.waitForSelector('input[name=file_kept]', { state: 'attached' })
        check(pieces === 5 + 8, `${pieces} pieces in all: twelve, and one twice`)
        const id = await page.getAttribute('input[name=file_kept]', 'value')
        const got = await (await context.request.get(base + '/documents/' + id)).body()
        const hash = (b) => createHash('sha256').update(b).digest('hex')
        check(hash(got) === hash(bytes), 'it is not what was sent')
        await page.setInputFiles('main input[type=file]', { name: 'none.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no paper') })
        await page.waitForSelector('main .field-error')
        check((await page.locator('main .field-error').innerText()).includes('text/plain'), await page.locator('main .field-error').innerText())
        rmSync(folder, { recursive: true })
        await context.close()
    },
    async 'new firms without scripts: a file is sent and read, one is invited and joins by its link'({ browser, base, check, sign_in }) {
        const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' })
        const page = await context.newPage()
        await sign_in(page, 'alliance1')
        await page.goto(base + '/registrations/imports')
        const csv = '名称,统一社会信用代码,成立日期,经营范围\n样例新帆软件有限公司,91990001MA7002013T,2026/10/8,软件开发\n坏行,1,2026/10/8,x\n'
        await page.setInputFiles('main input[type=file]', { name: '十月新登记.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
        await page.click('main form[action="/registrations/imports"] button[type=submit]')
        const done = page.locator('.lead .bg-green-lt')
        for (let i = 0; i < 20 && !(await done.count()); i++) await page.waitForTimeout(500)
        check(await done.count() === 1, (await page.locator('main').innerText()).slice(0, 300))
        const figures = await page.locator('dl.figures dd').allInnerTexts()
        check(figures.slice(0, 6).join(' ') === '2 1 0 0 1 1', figures.join(' '))
        await page.goto(base + '/registrations')
        await page.click('tbody a')
        await page.click('main form[action$="/invitation"] button[type=submit]')
        const link = await page.locator('.alert-success a').getAttribute('href')
        const stranger = await (await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' })).newPage()
        await stranger.goto(link)
        check((await stranger.locator('h1').innerText()).includes('样例新帆软件有限公司'), await stranger.locator('h1').innerText())
        await stranger.fill('main input[name=name]', '新来的人')
        await stranger.fill('main input[name=login]', 'newcomer')
        await stranger.fill('main input[name=password]', 'a sentence that is long')
        await stranger.click('main button[type=submit]')
        check(stranger.url().endsWith('/desk'), stranger.url() + (await stranger.locator('main').innerText()).slice(0, 200))
        await stranger.goto(base + '/organisation')
        check((await stranger.locator('h1').innerText()).includes('样例新帆软件有限公司'), await stranger.locator('h1').innerText())
        check((await stranger.goto(link)).status() === 404, 'the link works twice')
        await stranger.context().close()
        await context.close()
    },
}

// the application of agency3 that has been sent back
async function draft_of(page, base) {
    await page.goto(base + '/applications?step=prepare')
    return page.locator('tbody a:has(.code)').first().getAttribute('href')
}
