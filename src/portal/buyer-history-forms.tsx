import type { HistoryFilter } from '../history/browse-orders.ts';
import { searchLengthMax } from '../history/search-orders.ts';
import { Button, Field, Form, Select } from '../pages/forms.tsx';
import type { Language } from '../text/bilingual.ts';
import { buyerHistoryText } from '../text/buyer-history.ts';

type What = HistoryFilter['what'];

/** Which orders are shown. What it asks for stands in the address, and names nobody and nothing. */
export function FilterForm(props: {
  language: Language;
  filter: HistoryFilter;
  years: readonly number[];
}) {
  const { language, filter, years } = props;
  const words = buyerHistoryText[language];
  return (
    <Form action="/history" method="get" layout="row">
      <Select
        name="what"
        label={words.what}
        width="short"
        value={filter.what}
        options={(Object.keys(words.whats) as What[]).map((what) => ({
          value: what,
          label: words.whats[what],
        }))}
      />
      <Select
        name="year"
        label={words.year}
        width="short"
        value={filter.year === null ? '' : String(filter.year)}
        options={[
          { value: '', label: words.everyYear },
          ...years.map((year) => ({ value: String(year), label: String(year) })),
        ]}
      />
      <Button kind="secondary">{words.filter}</Button>
    </Form>
  );
}

/** Words to look for, sent as a form so that they stand in no address. */
export function SearchForm(props: {
  language: Language;
  typed: string;
  error?: string | undefined;
}) {
  const words = buyerHistoryText[props.language];
  return (
    <Form action="/history" layout="row">
      <Field
        name="words"
        label={words.search}
        hint={words.searchHint}
        type="search"
        value={props.typed}
        error={props.error}
        autocomplete="off"
        maxlength={searchLengthMax}
        width="medium"
      />
      <Button kind="secondary" icon="search">
        {words.searchButton}
      </Button>
    </Form>
  );
}
