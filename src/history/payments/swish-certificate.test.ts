import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCertificates } from '../../sandbox/bank-certificates.ts';
import { certificateEndsAt, endsSoon } from './swish-certificate.ts';

/** A pair made for this test alone, as the bank's portal packs them; it opens nothing. */
const pfx = Buffer.from(
  `
MIIEDAIBAzCCA8IGCSqGSIb3DQEHAaCCA7MEggOvMIIDqzCCAmIGCSqGSIb3DQEHBqCCAlMwggJPAgEAMIICSAYJKoZIhvcN
AQcBMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgb3vaM2Xi/vgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQME
ASoEEJf/q6XXzrK6YTr3rDOnWX2AggHgbzV+1W70zxAh0o3xl0aDxUFJjNR6qV51S1YLtsURFAzHSCY9ojGmAb2Q5ZQBrUAR
bYrsNAH1X9M8nL1+03w2q9QK60Cztu0E+rtogqhwQRPtsfgkYkO+m0Hd6qiXhUK+7+xc/5a8t7VK5/nZ4RRXcPrgdmBiPACg
kPGLav79jQbeBxcw5sepLYkBPHE5m4CNbL14QcSM6cO63AyLVNFcFE3+YuqGFu1woHCg7bFzu2XQtY0Xh9t9MZN9T5e6nbpJ
xoKRgVRsXXZcOyq/IuwViaJLWY7cp0m6fPhgg56sLur4bs8U3fcBy0fVAke2TbWoM8K/Ne6dIVo1Vl5Sy84f+qCvrub7eWle
r98+L+SsMWvCdlxsm0VmcIH7W6o+cvUngHc+ng795pXxvPmaKz+x4DJS4fB/qd0wEv/Lmu1PKOT+OeTLBCA+JOTXbdraXK1q
YRZau21BdfCHM7wo9lWNzGTJWE+AvX43t9nUWQ8DGOFyfrxndqQBweh4/ZcXSvcEXa7QUNuUnq8erLiSp2IlDTX2HbgvUKOw
y3VS9wsXtmyPnntXMnlc1uTLNJ7Hfi4R5pRqpQcvYMc6um7qq6xziR8p+U1cwe6+Eq9S6n3IlNzxbbb81ojImpKCjb+V2V5+
MIIBQQYJKoZIhvcNAQcBoIIBMgSCAS4wggEqMIIBJgYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZI
hvcNAQUMMBwECJF2Xt8kjXDZAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQQCMqjjQcrdICVbzepr363wSBkKdH
dAsrFDrmZGeyr08c1X9gPS9JzoxjqKDuW0gWKUUZqbX1dIcSpLYzxP9DeTNtkEzTzbAlQ80iaxa9mioAuID1vE+qiqSpyBRx
u6NMALfF3jfrkFmxQyJZEw6IVSQE9pJBZyegHRse0eXugUyTo5N281PRcteV1XTTdDplpASWu1IkuwvBHKreQ+tZM/vROjEl
MCMGCSqGSIb3DQEJFTEWBBTfQ3DTuX3BYIipgmkWFHHJKapTtjBBMDEwDQYJYIZIAWUDBAIBBQAEIH56HNqzt3IB3Pdi4tft
Kvi5VJhAGy0i3Z8nGsgptbPLBAjkABTPJtWXyQICCAA=
`,
  'base64',
);
const endsAt = Temporal.Instant.from('2081-08-28T23:03:10Z');

test('the end of a certificate is read from both forms in which it comes', () => {
  const read = certificateEndsAt({ pfx, passphrase: 'swish' });
  assert.equal(read.toString(), endsAt.toString());
  const now = Temporal.Now.instant();
  const made = certificateEndsAt(makeCertificates('1234679304', now).client);
  assert.equal(made.since(now).total({ unit: 'days' }) > 824, true);
});

test('a wrong passphrase, a damaged file and a key of another certificate are refused', () => {
  const [one, other] = [0, 1].map(() => makeCertificates('1234679304', Temporal.Now.instant()));
  const damaged = [
    { pfx, passphrase: 'other' },
    { pfx: pfx.subarray(0, 200), passphrase: 'swish' },
    { pfx: Buffer.alloc(0) },
    { certificate: 'no certificate', key: one?.client.key ?? '' },
    { certificate: one?.client.certificate ?? '', key: other?.client.key ?? '' },
  ];
  for (const each of damaged) assert.throws(() => certificateEndsAt(each), { code: 'bad-input' });
});

test('the alarm begins 60 days before the end, and not a moment earlier', () => {
  const alarmFrom = endsAt.subtract({ hours: 60 * 24 });
  assert.ok(endsSoon(endsAt, alarmFrom));
  assert.ok(!endsSoon(endsAt, alarmFrom.subtract({ seconds: 1 })));
  assert.ok(endsSoon(endsAt, endsAt.add({ hours: 1 })));
});
