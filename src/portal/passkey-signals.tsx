import type { Account } from '../accounts/account.ts';
import { hostOf } from '../accounts/passkeys.ts';
import type { Passkey } from '../accounts/passkeys.ts';
import type { OwnVisit } from '../http/route.ts';
import { idBytes } from '../ids.ts';
import { PasskeySignals } from '../pages/passkeys.tsx';

/**
 * Tells the device which passkeys of this account still work and what their owner is called, so that what was removed
 * or changed here is so there as well. Stands on the pages that one comes to after such a change.
 */
export function AccountSignals(props: {
  visit: OwnVisit;
  passkeys: readonly Passkey[];
  account: Pick<Account, 'email' | 'name'>;
}) {
  const { visit, passkeys, account } = props;
  const rpId = hostOf(visit.site.origin);
  const userId = Buffer.from(idBytes(visit.owner)).toString('base64url');
  const allAcceptedCredentialIds = passkeys.map(({ credentialId }) => credentialId);
  const { email: name, name: displayName } = account;
  return (
    <PasskeySignals
      signals={[
        { tell: 'accepted', detail: { rpId, userId, allAcceptedCredentialIds } },
        { tell: 'person', detail: { rpId, userId, name, displayName } },
      ]}
    />
  );
}
