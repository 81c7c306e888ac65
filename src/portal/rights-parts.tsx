import type { Child } from 'hono/jsx';
import { SummaryList } from '../pages/tables.tsx';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { rightsText } from '../text/rights.ts';

/** Where letters go. */
export function CompanyAddress() {
  const { name, street, postal_code, town } = notice.controller;
  return (
    <address>
      {name}
      <br />
      {street}
      <br />
      {`${postal_code} ${town}`}
    </address>
  );
}

/** What happens next, and by when: the same two lines under each right. */
export function NextAndWhen(props: { next: Child; when: string; language: Language }) {
  const { frame } = rightsText[props.language];
  return (
    <SummaryList
      rows={[
        { key: frame.next, value: props.next },
        { key: frame.when, value: props.when },
      ]}
    />
  );
}
