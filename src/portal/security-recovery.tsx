import { readRecoveryCode, recoveryCodesMade } from '../accounts/recovery-codes.ts';
import { newRecoveryCodes } from '../accounts/second-factor.ts';
import { download, seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { CopyableCode, Notice } from '../pages/notices.tsx';
import { notice } from '../policy/notice.ts';
import { isProblem, Problem } from '../problem.ts';
import { date, dayAt } from '../text/format.ts';
import { portalCodesText } from '../text/portal-codes.ts';
import { portalPage } from './frame.tsx';
import { otherDevicesOffer } from './security-devices.tsx';
import { PrintButton } from './print-button.tsx';

const page = '/settings/codes';

/** Asks before the old recovery codes stop working. */
export function newRecoveryPage(visit: OwnVisit): Promise<Response> {
  const all = portalCodesText[visit.language];
  const words = all.recovery;
  return portalPage(
    visit,
    { title: words.renewTitle, current: 'settings' },
    <>
      <BackLink href={page}>{all.codes.back}</BackLink>
      <h1>{words.renewTitle}</h1>
      <p class="lead">{words.renewText}</p>
      <Form action={`${page}/recovery`}>
        <Actions>
          <Button>{words.renew}</Button>
          <ButtonLink href={page} kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

/** Makes new recovery codes and shows them this one time. */
export async function takeNewRecovery(visit: OwnVisit): Promise<Response> {
  try {
    const codes = await newRecoveryCodes(visit.op, visit.owner);
    return await showRecoveryCodes(visit, codes, 'new');
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return seeOther(page);
  }
}

/** The codes that a page has just shown, as a file. They come from that page, because they are stored nowhere. */
export function recoveryFile(visit: OwnVisit): Response {
  const { language, op } = visit;
  const lines = (visit.form.get('codes') ?? '').split('\n').map(readRecoveryCode);
  const codes = lines.filter((code) => code !== null);
  if (codes.length !== recoveryCodesMade || lines.length !== codes.length) {
    throw new Problem('bad-input', 'not recovery codes');
  }
  const words = portalCodesText[language].recovery;
  const head = words.fileHead(notice.controller.name, date(dayAt(op.now), language));
  const text = [head, '', ...codes, ''].join('\r\n');
  return download(text, words.file, 'text/plain; charset=utf-8');
}

/** The one page that ever shows recovery codes. */
export async function showRecoveryCodes(
  visit: OwnVisit,
  codes: readonly string[],
  why: 'on' | 'new',
): Promise<Response> {
  const words = portalCodesText[visit.language].recovery;
  const title = why === 'on' ? words.onTitle : words.newTitle;
  return portalPage(
    visit,
    { title, current: 'settings', comeBackTo: page },
    <>
      <h1>{title}</h1>
      <Notice kind="warning" title={words.save}>
        <p>{words.saveText}</p>
      </Notice>
      <CopyableCode
        label={words.label}
        code={codes.join('\n')}
        words={{ copy: words.copy, copied: words.copied }}
      />
      <Form action={`${page}/recovery/file`}>
        <Hidden name="codes" value={codes.join('\n')} />
        <Actions>
          <Button kind="secondary" icon="download">
            {words.download}
          </Button>
          <PrintButton label={words.print} />
        </Actions>
      </Form>
      <ButtonLink href={page}>{words.done}</ButtonLink>
      {await otherDevicesOffer(visit)}
    </>,
  );
}
