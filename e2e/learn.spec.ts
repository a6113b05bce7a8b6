// The walk through the mirrored ping, from its first step to its last, as a learner does it.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/test.ts';

test('the walk is done from its first to its last step', async ({ app, page }) => {
  await app.goto();
  await app.tab('Learn').click();
  const lesson = page.getByRole('region', { name: 'Lesson' });
  const at = async (title: string): Promise<void> => { await expect(lesson.getByRole('heading', { level: 2 })).toHaveText(title); };
  const next = async (): Promise<void> => {
    await expect(lesson.getByRole('region', { name: 'To do' }).getByRole('status')).toHaveText(/^Done/);
    await lesson.getByRole('button', { name: 'Next' }).click();
  };
  const run = () => page.getByRole('button', { name: 'Run rules' }).click();
  const show = (fate: string) => page.getByRole('radiogroup', { name: 'Show' }).getByRole('radio', { name: fate, exact: true }).click();
  const packet = (number: number) => app.packets.getByRole('row').filter({ has: page.getByRole('gridcell', { name: String(number), exact: true }) }).first().click();

  await at('A ping leaves the source');
  await app.hasRows(20);
  await packet(3);
  await page.getByRole('treeitem', { name: /^Type: / }).last().click();
  await next();
  await at('The mirror session');
  await show('Filtered');
  await next();
  await at('An IDS that stays silent');
  await run();
  await next();
  await at("The same rule in today's Suricata");
  await page.getByRole('switch', { name: 'VXLAN decoding' }).click();
  await run();
  await next();
  await at('Both captures side by side');
  await show('Mirrored');
  await page.getByRole('grid', { name: 'Paired packets' }).getByRole('row').nth(1).click();
  await next();
  await at('The envelope, field by field');
  await app.hasRows(19);
  await packet(3);
  await page.getByRole('treeitem', { name: /^VXLAN Network Identifier/ }).click();
  await next();
  await at('A rule that does fire');
  await lesson.getByRole('button', { name: 'Put these rules into the editor' }).click();
  await run();
  await next();
  await at("Why no rule on the ping's addresses can");
  await run();
  await page.getByRole('grid', { name: 'Rule results' }).getByRole('button').and(page.locator('[aria-description^="Answers from outside, appliance-eth0"]')).first().click();
  await next();
  await at('Take the envelope off');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('Take the envelope off');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Take the envelope off' });
  await dialog.getByLabel('VNI').fill('333');
  await dialog.getByRole('button', { name: /Take .*off/ }).click();
  await dialog.getByRole('button', { name: /Open/ }).click();
  await next();
  await at('The rule matches again');
  await run();
  await next();
  await at('Both captures are the same');
  await page.getByRole('combobox', { name: 'Appliance capture' }).selectOption({ label: 'appliance-vxlan100.pcap' });
  await expect(lesson.getByRole('region', { name: 'To do' }).getByRole('status')).toHaveText(/^Done/);
  await expect(lesson.getByRole('list', { name: 'Steps' }).getByRole('button', { name: /, done$/ })).toHaveCount(11);
});

test('each step has a link of its own, and going back goes a step back', async ({ app, page }) => {
  await app.goto('#v=1&tab=learn&step=ping-envelope');
  const title = page.getByRole('region', { name: 'Lesson' }).getByRole('heading', { level: 2 });
  await expect(title).toHaveText('The envelope, field by field');
  await app.hasRows(19);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(title).toHaveText('A rule that does fire');
  await expect(page).toHaveURL(/step=ping-envelope-rule$/);
  await page.goBack();
  await expect(title).toHaveText('The envelope, field by field');
});

test('a broken lesson says where it is broken, and the others are there', async ({ app, page }) => {
  await page.route('**/lessons/ping-session.md', (route) => route.fulfill({ contentType: 'text/markdown', body: '---\ntitle: The mirror session\nview: hexdump\n---\n' }));
  await app.goto();
  await app.tab('Learn').click();
  await expect(page.getByRole('list', { name: 'Mistakes in the lessons' })).toContainText('ping-session.md, line 3: "view" has to be one of packets, compare, rules, bench, arithmetic');
  await expect(page.getByRole('list', { name: 'Steps' }).getByRole('button')).toHaveCount(10);
});

test('the bench: an envelope is put on, its bits are turned, and each receiver says what it makes of it', async ({ app, page }) => {
  await app.goto('#v=1&tab=learn&step=bench');
  const lesson = page.getByRole('region', { name: 'Lesson' });
  const done = async (): Promise<void> => { await expect(lesson.getByRole('region', { name: 'To do' }).getByRole('status')).toHaveText(/^Done/); };
  const receivers = page.getByRole('region', { name: 'Receivers' });
  await expect(receivers.getByText('Linux vxlan does not open it: no UDP to the VXLAN port')).toBeVisible();
  await page.getByRole('button', { name: 'VXLAN over IPv4' }).click();
  await expect(receivers.getByText('A receiver by RFC 7348 opens it: VNI 333; reserved bits are ignored')).toBeVisible();
  await done();
  await lesson.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('treeitem', { name: /^VXLAN Network Identifier/ }).click();
  const field = page.getByRole('region', { name: 'Selected field' });
  await field.getByRole('textbox').fill('334');
  await field.getByRole('button', { name: 'Set' }).click();
  await expect(receivers.getByText(/VNI 334; reserved/)).toBeVisible();
  await page.getByRole('region', { name: 'Header diagram' }).getByRole('button', { name: /VXLAN Network ID/ }).first().click();
  await field.getByRole('button', { name: /^Bit 0 of/ }).click();
  await expect(receivers.getByText('Linux vxlan does not open it: the I flag is not set')).toBeVisible();
  await done();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(receivers.getByText(/Linux vxlan opens it/)).toBeVisible();
  await page.getByRole('button', { name: 'Take the envelope off' }).click();
  await expect(page.getByRole('region', { name: 'Bytes' })).toContainText('98 on wire');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a capture' }).click();
  expect((await download).suggestedFilename()).toBe('bench.pcap');
});

test('a packet of a capture is taken to the bench', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping#v=1&packet=3');
  await app.hasRows(19);
  await expect(page.getByRole('tree', { name: 'Inner layers' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('bench');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Receivers' }).getByText('Suricata, strict opens it: the packet inside is inspected too')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Bytes' })).toContainText('148 on wire');
});

test('every exercise is solved by what a learner does, and by nothing less', async ({ app, page }) => {
  await app.goto('#v=1&tab=learn&step=exercise-replies');
  const lesson = page.getByRole('region', { name: 'Lesson' });
  const status = lesson.getByRole('region', { name: 'To do' }).getByRole('status');
  const at = async (title: string): Promise<void> => { await expect(lesson.getByRole('heading', { level: 2 })).toHaveText(title); };
  const answer = async (text: string): Promise<void> => {
    await expect(status).toHaveText('');
    await lesson.getByRole('textbox', { name: 'Your answer' }).fill(text);
    await expect(status).toHaveText(/^Done/);
  };
  const next = () => lesson.getByRole('button', { name: 'Next' }).click();
  const show = (fate: string) => page.getByRole('radiogroup', { name: 'Show' }).getByRole('radio', { name: fate, exact: true }).click();
  const pairs = page.getByRole('grid', { name: 'Paired packets' });

  await at('Questions without answers');
  await show('Filtered');
  await expect(pairs.getByText('no inbound rule matches').first()).toBeVisible();
  await lesson.getByRole('textbox', { name: 'Your answer' }).fill('outbound');
  await expect(status).toHaveText('');
  await answer('Inbound');
  await next();
  await at('Some answers are gone');
  await show('Lost');
  await pairs.getByRole('row').nth(1).click();
  await answer('3');
  await next();
  await at('Frames that nobody opens');
  await app.hasRows(12);
  await page.getByRole('treeitem', { name: /^UDP/ }).click();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('treeitem', { name: /^Destination Port/ }).click();
  await answer('8472');
  await next();
  await at('An interface without packets');
  await app.hasRows(12);
  await page.getByRole('treeitem', { name: /^VXLAN Network Identifier/ }).click();
  await answer('303');
  await next();
  await at('Not one alert');
  await page.getByRole('button', { name: 'Run rules' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'ran over' })).toBeVisible();
  await answer('vxlan100');
  await next();
  await at('Large downloads that break off');
  await show('Truncated');
  await answer('1446');
  await next();
  await at('One address, two hosts');
  await app.hasRows(20);
  await app.filter.fill('vxlan.vni != 333');
  await app.filter.press('Enter');
  await app.hasRows(8);
  await answer('four');
  await expect(lesson.getByRole('list', { name: 'Steps' }).getByRole('button', { name: /, done$/ })).toHaveCount(7);
});

test('captures of exercises come with their lesson, and are not offered beside the samples', async ({ app, page }) => {
  await app.goto();
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible();
  await app.openSample.click();
  await expect(page.getByRole('menuitem', { name: 'Rogue envelopes' })).toBeVisible();
  await expect(page.getByText(/^Exercise:/)).toHaveCount(0);
});

test('the arithmetic: sliders and figures say what is cut and what just fits', async ({ app, page }) => {
  await app.goto('#v=1&tab=learn&step=arithmetic');
  const lesson = page.getByRole('region', { name: 'Lesson' });
  const outcome = page.getByRole('region', { name: 'What becomes of it' });
  const done = lesson.getByRole('region', { name: 'To do' }).getByRole('status');
  const figure = (label: string) => page.getByRole('spinbutton', { name: label });
  await expect(outcome.getByRole('status')).toHaveText('Nothing is cut: 1,514 of 8,965 bytes that fit.');
  await expect(done).toHaveText('');
  await figure('MTU of the target').fill('1500');
  await expect(outcome.getByRole('status')).toHaveText('50 bytes of 1,514 are cut off: only 1,464 fit into the envelope.');
  await expect(outcome).toContainText('1,446');
  await expect(page.getByRole('region', { name: 'The mirrored frame' }).getByRole('row').last()).toHaveText(['14', '20', '8', '8', '14', '1,450', '50', '1,514'].join(''));
  await expect(done).toHaveText(/^Done/);
  const { violations } = await new AxeBuilder({ page }).include('.arithmetic').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await lesson.getByRole('button', { name: 'Next' }).click();
  await expect(figure('MTU of the target')).toHaveValue('9001');
  await figure('MTU of the target').fill('1500');
  await figure('MTU of the source').fill('1451');
  await expect(outcome.getByRole('status')).toHaveText(/^1 byte of 1,465/);
  await expect(done).toHaveText('');
  await page.getByRole('slider', { name: 'MTU of the source' }).press('ArrowLeft');
  await expect(figure('MTU of the source')).toHaveValue('1450');
  await expect(done).toHaveText(/^Done/);
});

test('the arithmetic takes the length of the frame inside the packet in view', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping#v=1&packet=3');
  await app.hasRows(19);
  await expect(page.getByRole('tree', { name: 'Inner layers' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('Reckon');
  await page.keyboard.press('Enter');
  const frame = page.getByRole('spinbutton', { name: /^Frame at the source/ });
  await expect(frame).toHaveValue('98');
  await page.getByRole('button', { name: 'Begin again' }).click();
  await expect(frame).toHaveValue('1514');
  await page.getByRole('button', { name: 'Take the length of the packet in view: 98' }).click();
  await expect(frame).toHaveValue('98');
});
