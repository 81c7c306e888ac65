import { readAccount } from '../accounts/account.ts';
import { setProtectedIdentity } from '../accounts/protected-identity.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Badge, SummaryList } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { rightsText } from '../text/rights.ts';
import { changesText } from '../text/rights-changes.ts';
import { portalPage } from './frame.tsx';

const address = '/rights/protected-identity';

/** Hides name and address from all but a few: what that means, whether it is on, and the switch. */
export async function protectedPage(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const words = changesText[language].protected;
  const { isProtected } = await readAccount(op, await op.vault.openFor(op, owner, ['credentials']));
  return portalPage(
    visit,
    { title: words.title, current: 'myData' },
    <>
      <Saved visit={visit} />
      <BackLink href="/rights">{rightsText[language].list.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>
        <Badge kind={isProtected ? 'done' : 'neutral'}>
          {isProtected ? words.isOn : words.isOff}
        </Badge>
      </p>
      <h2>{words.what}</h2>
      <SummaryList
        rows={[
          ...Object.values(words.rows).map(([key, value]) => ({ key, value })),
          { key: rightsText[language].frame.when, value: words.when },
        ]}
      />
      <h2>{words.think}</h2>
      <p>{words.thinkText}</p>
      <Form action={address}>
        <Button
          kind={isProtected ? 'secondary' : 'primary'}
          name="action"
          value={isProtected ? 'off' : 'on'}
          icon={isProtected ? undefined : 'shield-check'}
        >
          {isProtected ? words.off : words.on}
        </Button>
      </Form>
    </>,
  );
}

/** @throws Problem `bad-input` for a form that we did not make */
export async function changeProtected({ op, owner, form }: OwnVisit): Promise<Response> {
  const action = form.get('action');
  if (action !== 'on' && action !== 'off') throw new Problem('bad-input', 'not an action');
  const isOn = action === 'on';
  await setProtectedIdentity(op, owner, isOn);
  return seeOther(`${address}?saved=${isOn ? 'on' : 'off'}`);
}

function Saved({ visit }: { visit: OwnVisit }) {
  const words = changesText[visit.language].protected;
  const saved = visit.query.get('saved');
  if (saved === null) return null;
  const isOn = saved === 'on';
  return (
    <Notice kind="success" title={isOn ? words.savedOn : words.savedOff} role="status">
      <p>{isOn ? words.savedOnText : words.savedOffText}</p>
    </Notice>
  );
}
