import { pictureSizeMax } from '../history/catalogue/pictures/clean-picture.ts';
import type { KnownItem } from '../history/catalogue/known-items.ts';
import {
  addPicture,
  describePicture,
  picturesOf,
  removePicture,
} from '../history/catalogue/pictures/pictures.ts';
import type { Picture, PictureFault } from '../history/catalogue/pictures/pictures.ts';
import { seeOther } from '../http/answers.ts';
import { parseForm } from '../http/form.ts';
import type { FieldFault } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, described, Field, FieldFrame, Form } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { Problem } from '../problem.ts';
import { catalogueParts } from '../text/console-catalogue-parts.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { number } from '../text/format.ts';
import { alternativeForm, alternativeLengthMax } from './catalogue-fields.ts';
import { addressOf, itemOf } from './catalogue-item-page.tsx';
import { DoneNotice } from './done-notice.tsx';
import { errorsIn, refused, standing, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';

const faultWords: Readonly<Record<PictureFault, FieldFault>> = {
  'not-a-picture': 'wrong',
  'too-large': 'too-long',
  'too-many': 'too-late',
};

export async function showPictures(visit: OwnVisit): Promise<Response> {
  return picturesPage(visit, await itemOf(visit), stored([]));
}

/** Takes a picture, with words for who does not see it. */
export async function takePicture(visit: OwnVisit): Promise<Response> {
  const item = await itemOf(visit);
  const parsed = parseForm(alternativeForm, visit.form);
  const file = visit.form.get('file') ?? '';
  const faults: Record<string, FieldFault> = parsed.ok ? {} : { ...parsed.faults };
  if (file === '') faults['file'] = 'missing';
  else if (file.length > pictureSizeMax * 4) faults['file'] = 'too-long';
  if (!parsed.ok || Object.keys(faults).length > 0) {
    return picturesPage(visit, item, refused(visit, faults));
  }
  const bytes = Buffer.from(file, 'latin1');
  const fault = await addPicture(visit.op, item.itemId, { bytes, alternative: parsed.value });
  if (fault !== null) return picturesPage(visit, item, refused(visit, { file: faultWords[fault] }));
  return seeOther(`${addressOf(item)}/pictures?done=added`);
}

export async function showPicture(visit: OwnVisit): Promise<Response> {
  const item = await itemOf(visit);
  const picture = await pictureOf(visit, item);
  const { sv, en } = picture.alternative;
  const fields: [string, string][] = [
    ['alt_sv', sv],
    ['alt_en', en],
  ];
  return picturePage(visit, { item, picture, state: stored(fields) });
}

/** Describes a picture anew, or removes it. */
export async function changePicture(visit: OwnVisit): Promise<Response> {
  const item = await itemOf(visit);
  const picture = await pictureOf(visit, item);
  const key = { itemId: item.itemId, pictureId: picture.pictureId };
  if (visit.form.get('do') === 'remove') {
    await removePicture(visit.op, key);
    return seeOther(`${addressOf(item)}/pictures?done=removed`);
  }
  const parsed = parseForm(alternativeForm, visit.form);
  if (!parsed.ok) {
    return picturePage(visit, { item, picture, state: refused(visit, parsed.faults) });
  }
  await describePicture(visit.op, key, parsed.value);
  return seeOther(`${addressOf(item)}/pictures?done=changed`);
}

/** @throws Problem `not-found` for what is no picture of the item */
async function pictureOf({ op, params }: OwnVisit, { itemId }: KnownItem): Promise<Picture> {
  const pictures = (await picturesOf(op.db, [itemId])).get(itemId) ?? [];
  const found = pictures.find(({ pictureId }) => pictureId === params['picture']);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

async function picturesPage(visit: OwnVisit, item: KnownItem, state: FormState): Promise<Response> {
  const { language, op } = visit;
  const words = catalogueParts[language].pictures;
  const pictures = (await picturesOf(op.db, [item.itemId])).get(item.itemId) ?? [];
  return consolePage(
    visit,
    { title: words.title, current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary
        title={catalogueText[language].errorTitle}
        errors={errorsIn(words.faults, state)}
      />
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={addressOf(item)}>{item.name[language]}</BackLink>
      <h1>{words.heading(item.name[language])}</h1>
      <p class="lead">{words.lead}</p>
      {pictures.length === 0 && <p>{words.none}</p>}
      <ul class="picture-list">
        {pictures.map((picture, index) => (
          <li>
            <ItemPicture visit={visit} picture={picture} />
            <p>{picture.alternative[language]}</p>
            <p>
              <a href={href(`${addressOf(item)}/pictures/${picture.pictureId}`)}>
                {words.changeWords}
                <span class="visually-hidden">
                  {` ${words.number(number(index + 1, language))}`}
                </span>
              </a>
            </p>
          </li>
        ))}
      </ul>
      <h2>{words.add}</h2>
      <AddForm visit={visit} item={item} state={state} />
    </>,
  );
}

function ItemPicture({ visit, picture }: { visit: OwnVisit; picture: Picture }) {
  return (
    <img
      class="picture-list__picture"
      src={`/pictures/${picture.pictureId}`}
      alt={picture.alternative[visit.language]}
      width={picture.widthPx}
      height={picture.heightPx}
    />
  );
}

function AddForm({ visit, item, state }: { visit: OwnVisit; item: KnownItem; state: FormState }) {
  const words = catalogueParts[visit.language].pictures;
  const { error } = standing(words.faults, state, 'file');
  return (
    <form
      class="form"
      method="post"
      action={`${addressOf(item)}/pictures`}
      enctype="multipart/form-data"
      novalidate
    >
      <FieldFrame id="field-file" label={words.file} hint={words.fileHint} error={error}>
        <input
          class="input"
          id="field-file"
          name="file"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          {...described('field-file', { hint: words.fileHint, error })}
        />
      </FieldFrame>
      <AlternativeFields visit={visit} state={state} />
      <Button>{words.addButton}</Button>
    </form>
  );
}

function AlternativeFields({ visit, state }: { visit: OwnVisit; state: FormState }) {
  const words = catalogueParts[visit.language].pictures;
  return (
    <>
      <Field
        {...standing(words.faults, state, 'alt_sv')}
        label={words.altSv}
        hint={words.altHint}
        autocomplete="off"
        maxlength={alternativeLengthMax}
        required
      />
      <Field
        {...standing(words.faults, state, 'alt_en')}
        label={words.altEn}
        autocomplete="off"
        maxlength={alternativeLengthMax}
        required
      />
    </>
  );
}

function picturePage(
  visit: OwnVisit,
  {
    item,
    picture,
    state,
  }: { readonly item: KnownItem; readonly picture: Picture; readonly state: FormState },
): Promise<Response> {
  const { language } = visit;
  const words = catalogueParts[language].pictures;
  const at = `${addressOf(item)}/pictures`;
  return consolePage(
    visit,
    { title: words.changeWords, current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary
        title={catalogueText[language].errorTitle}
        errors={errorsIn(words.faults, state)}
      />
      <BackLink href={at}>{words.heading(item.name[language])}</BackLink>
      <h1>{words.changeWords}</h1>
      <ItemPicture visit={visit} picture={picture} />
      <Form action={`${at}/${picture.pictureId}`}>
        <AlternativeFields visit={visit} state={state} />
        <Actions>
          <Button name="do" value="save">
            {words.save}
          </Button>
          <Button kind="danger" name="do" value="remove">
            {words.remove}
          </Button>
        </Actions>
      </Form>
    </>,
  );
}
