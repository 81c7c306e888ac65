import { described, fieldId, FieldNotes } from './forms.tsx';

export interface TimeChoice {
  value: string;
  /** Such as `kl. 14.30`. */
  time: string;
  /** A line below, such as `3 platser kvar`. */
  note?: string | undefined;
}

export interface TimeChoicesProps {
  name: string;
  legend: string;
  /** Parts of the day with their times; a part without times is left out. */
  parts: readonly { name: string; times: readonly TimeChoice[] }[];
  chosen?: string | undefined;
  error?: string | undefined;
}

/** Times as large buttons that one of is chosen: radio buttons, so that arrow keys move between them. */
export function TimeChoices(props: TimeChoicesProps) {
  const id = fieldId(props.name);
  const parts = props.parts.filter(({ times }) => times.length > 0);
  const first = parts[0]?.times[0]?.value;
  return (
    <fieldset
      class={props.error === undefined ? 'field' : 'field field--wrong'}
      aria-describedby={described(id, props)['aria-describedby']}
    >
      <legend>{props.legend}</legend>
      <FieldNotes id={id} error={props.error} />
      {parts.map((part) => (
        <div class="times" role="group" aria-label={part.name}>
          <p class="times__part" aria-hidden="true">
            {part.name}
          </p>
          {part.times.map((time) => (
            <TimeButton
              id={time.value === first ? id : `${id}-${time.value}`}
              name={props.name}
              time={time}
              checked={time.value === props.chosen}
            />
          ))}
        </div>
      ))}
    </fieldset>
  );
}

function TimeButton(props: { id: string; name: string; time: TimeChoice; checked: boolean }) {
  const { id, name, time, checked } = props;
  return (
    <span class="time">
      <input type="radio" id={id} name={name} value={time.value} checked={checked} />
      <label for={id}>
        {time.time}
        {time.note !== undefined && <span class="time__note">{time.note}</span>}
      </label>
    </span>
  );
}
