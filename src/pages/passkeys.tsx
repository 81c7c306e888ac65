import type { PropsWithChildren } from 'hono/jsx';

import { href } from './href.ts';
import { Icon } from './icons.tsx';

/** What can go wrong between the person and the device, in words. */
export interface PasskeyWords {
  stopped: string;
  exists: string;
  failed: string;
}

export interface PasskeyFormProps {
  action: string;
  /** `get` shows a passkey that exists, `create` makes one. */
  does: 'get' | 'create';
  /** As `PublicKeyCredential.parse…OptionsFromJSON` takes them. */
  options: object;
  label: string;
  kind: 'primary' | 'secondary';
  /** Also offer passkeys where an address is typed (`autocomplete="username webauthn"`). */
  conditional?: boolean | undefined;
  words: PasskeyWords;
}

/**
 * A button that asks the device for a passkey and sends its answer. Stays hidden until a script has seen that the
 * browser can do it; the page has another way, or says why there is none, in `PasskeyUnsupported`.
 */
export function PasskeyForm(props: PropsWithChildren<PasskeyFormProps>) {
  return (
    <div
      hidden
      data-passkey={props.does}
      data-options={JSON.stringify(props.options)}
      data-conditional={props.conditional === true ? 'yes' : undefined}
      data-word-stopped={props.words.stopped}
      data-word-exists={props.words.exists}
      data-word-failed={props.words.failed}
    >
      <form class="form" method="post" action={href(props.action)}>
        {props.children}
        <input type="hidden" name="answer" />
        <div role="alert" data-passkey-said></div>
        <button type="button" class={`button button--${props.kind}`} data-passkey-start>
          <Icon name="key-round" />
          {props.label}
        </button>
      </form>
    </div>
  );
}

/** What to say where the browser knows no passkeys, or runs no scripts. */
export function PasskeyUnsupported({ children }: PropsWithChildren) {
  return <div data-passkey-unsupported>{children}</div>;
}

/** What the browser may tell whoever keeps its passkeys, so that the list there is as ours (WebAuthn L3, 5.1.10). */
export type PasskeySignal =
  | { readonly tell: 'unknown'; readonly detail: { rpId: string; credentialId: string } }
  | {
      readonly tell: 'accepted';
      readonly detail: { rpId: string; userId: string; allAcceptedCredentialIds: string[] };
    }
  | {
      readonly tell: 'person';
      readonly detail: { rpId: string; userId: string; name: string; displayName: string };
    };

export function PasskeySignals({ signals }: { signals: readonly PasskeySignal[] }) {
  return signals.length === 0 ? null : (
    <div hidden data-passkey-signals={JSON.stringify(signals)}></div>
  );
}
