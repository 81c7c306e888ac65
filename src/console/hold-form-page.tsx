import { readCustomerTimes } from '../accounts/customers.ts';
import type { HoldGround } from '../database/records.ts';
import { listMaskedOrders } from '../history/masked-orders.ts';
import type { MaskedOrder } from '../history/masked-orders.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Check, Choices, ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form, TextArea } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { holdDaysMax, holdGrounds, holdOrdersMax, proposeHold } from '../routines/holds.ts';
import { dateTime, money } from '../text/format.ts';
import { holdsText } from '../text/leaving-holds.ts';
import { customerOf } from './customer-purposes.ts';
import { consolePage } from './frame.tsx';
import { endOfDay } from './holds-end.ts';
import { holdsRoom } from './holds-page.tsx';

const reasonLengthMax = 1_000;

type Fault = 'reason' | 'ends' | 'scope' | 'ground';

/** Asks what is to be held, why and until when. Orders are shown by what is not sealed; nothing is opened. */
export function showHoldForm(visit: OwnVisit): Promise<Response> {
  return showForm(visit, []);
}

export async function takeHold(visit: OwnVisit): Promise<Response> {
  const { op, form } = visit;
  const subject = customerOf(visit);
  const orders = await listMaskedOrders(op, subject, holdOrdersMax);
  const chosen = orders.filter(({ orderId }) => form.has(`order-${orderId}`));
  const scope = form.has('history') ? 'history' : 'orders';
  const ground = holdGrounds.find((known) => known === form.get('ground')) ?? null;
  const reason = (form.get('reason') ?? '').trim();
  const endsAt = endOfDay(form.get('ends') ?? '');
  const faults: Fault[] = [
    ...(scope === 'orders' && chosen.length === 0 ? (['scope'] as const) : []),
    ...(ground === null ? (['ground'] as const) : []),
    ...(reason === '' || reason.length > reasonLengthMax ? (['reason'] as const) : []),
    ...(isEnd(visit, endsAt) ? [] : (['ends'] as const)),
  ];
  if (faults.length > 0 || ground === null || endsAt === null) return showForm(visit, faults);
  await proposeHold(op, {
    subject,
    scope,
    orders: chosen.map(({ orderId }) => orderId),
    ground,
    reason,
    endsAt,
    isSecret: form.has('secret'),
  });
  return seeOther(`${holdsRoom}?done=proposed`);
}

function isEnd({ op }: OwnVisit, endsAt: Temporal.Instant | null): boolean {
  if (endsAt === null) return false;
  const hours = endsAt.since(op.now).total('hours');
  return hours > 0 && hours <= holdDaysMax * 24;
}

async function showForm(visit: OwnVisit, faults: readonly Fault[]): Promise<Response> {
  const { op, language, form } = visit;
  const owner = customerOf(visit);
  await readCustomerTimes(op, owner);
  const orders = await listMaskedOrders(op, owner, holdOrdersMax);
  const all = holdsText[language];
  const words = all.propose;
  const errorOf = (fault: Fault) => (faults.includes(fault) ? words.faults[fault] : undefined);
  return consolePage(
    visit,
    { title: words.title, current: 'customers', status: faults.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={faults.map((fault) => ({
          field: fault === 'scope' ? 'history' : fault,
          text: words.faults[fault],
        }))}
      />
      <BackLink href={`/console/customers/${owner}`}>{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`/console/customers/${owner}/hold`}>
        <h2>{words.scope}</h2>
        <Check
          name="history"
          label={all.scopes.history}
          checked={form.has('history')}
          error={errorOf('scope')}
        />
        <Orders visit={visit} orders={orders} />
        <Choices
          name="ground"
          legend={words.ground}
          options={holdGrounds.map((ground: HoldGround) => ({
            value: ground,
            label: all.grounds[ground],
          }))}
          values={[form.get('ground') ?? '']}
          error={errorOf('ground')}
        />
        <TextArea
          name="reason"
          label={words.reason}
          value={form.get('reason')}
          maxlength={reasonLengthMax}
          required
          error={errorOf('reason')}
        />
        <Field
          name="ends"
          label={words.ends}
          hint={words.endsHint}
          type="date"
          width="medium"
          value={form.get('ends')}
          required
          error={errorOf('ends')}
        />
        <Check name="secret" label={words.secret} checked={form.has('secret')} />
        <Button>{words.button}</Button>
      </Form>
    </>,
  );
}

function Orders({ visit, orders }: { visit: OwnVisit; orders: readonly MaskedOrder[] }) {
  const { language, form } = visit;
  const words = holdsText[language].propose;
  if (orders.length === 0) return <p>{words.noOrders}</p>;
  return (
    <>
      <h3>{words.orders}</h3>
      {orders.map(({ orderId, placedAt, totalOre }) => (
        <Check
          name={`order-${orderId}`}
          label={words.order(dateTime(placedAt, language), money(totalOre, language))}
          checked={form.has(`order-${orderId}`)}
        />
      ))}
    </>
  );
}
