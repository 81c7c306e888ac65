import { unitPriceOre } from '../history/catalogue/items.ts';
import type { Item, Variant } from '../history/catalogue/items.ts';
import { quantityMax } from '../history/orders.ts';
import type { Visit } from '../http/route.ts';
import { Choices } from '../pages/choices.tsx';
import type { Choice } from '../pages/choices.tsx';
import { Button, Field, Form, Hidden } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { Price } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { shopCatalogueText } from '../text/shop-catalogue.ts';
import type { ShownItem } from './catalogue-item.tsx';
import { leftOf, stockInWords } from './catalogue-parts.tsx';

type ProductFormProps = { readonly visit: Visit; readonly item: Item; readonly shown: ShownItem };

/** How many of a product, or of a service, and of which kind. */
export function ProductForm({ visit, item, shown }: ProductFormProps) {
  const { language } = visit;
  const words = shopCatalogueText[language].item;
  const errorOf = (field: string) => shown.errors?.find((error) => error.field === field)?.text;
  if (leftOf(item) === 0) {
    return (
      <Notice kind="info" title={words.soldOut}>
        <p>{words.soldOutText}</p>
      </Notice>
    );
  }
  return (
    <Form action="/basket/add">
      <Hidden name="item" value={item.itemId} />
      {item.variants.length > 1 && (
        <Choices
          name="variant"
          legend={words.variant}
          options={item.variants.map((variant) => choiceOf(item, variant, language))}
          values={[shown.values.get('variant') ?? firstInStock(item)?.variantId ?? '']}
          error={errorOf('variant')}
        />
      )}
      {item.variants.length === 1 && <Stock item={item} language={language} />}
      <Field
        name="quantity"
        label={words.quantity}
        value={shown.values.get('quantity') ?? '1'}
        inputmode="numeric"
        autocomplete="off"
        width="short"
        maxlength={String(quantityMax).length}
        required
        error={errorOf('quantity')}
      />
      <Button icon="shopping-basket">{words.add}</Button>
    </Form>
  );
}

function choiceOf(item: Item, variant: Variant, language: Language): Choice {
  const { variantId, name, stock } = variant;
  return {
    value: variantId,
    label: (
      <>
        {`${name[language]}, `}
        <Price ore={unitPriceOre(item, variantId)} language={language} />
      </>
    ),
    ...(stock !== null && { hint: stockInWords(stock, shopCatalogueText[language]) }),
  };
}

function Stock({ item, language }: { item: Item; language: Language }) {
  const left = leftOf(item);
  return left === null ? null : <p>{stockInWords(left, shopCatalogueText[language])}</p>;
}

/** The first kind that there is any of: chosen until somebody chooses another. */
function firstInStock({ variants }: Item): Variant | undefined {
  return variants.find(({ stock }) => stock === null || stock > 0);
}
