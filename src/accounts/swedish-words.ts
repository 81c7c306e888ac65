// What people in Sweden choose when a site asks for a password: words for it, names, teams, towns, the seasons, and the
// runs of a Swedish keyboard. Single words only; passwords made of several other words are good ones.
const words = `
lösenord lösenordet lösen hemlig hemligt hemlighet hemligheten kodord inloggning logga välkommen välkomna kundkonto
konto mittkonto användare administratör internet dator datorn mobil mobilen telefon skrivbord tangentbord bredband
hejsan hejhej hallå tjena tjenare godmorgon godkväll godnatt tack snälla älskar älskling älsklingen älskardig
jagälskardig hjärtat gumman gubben sötnos sötis raring kärlek kärleken kram puss pussochkram lycka glädje frihet
mamma pappa mormor morfar farmor farfar familj familjen barnen barnbarn syster bror brorsan syrran bebis lillan lillen
sommar sommaren sommarlov vinter vintern våren hösten höst jultomten julafton julen juldag midsommar påsken semester
semestern fredag fredagen lördag söndag måndag tisdag onsdag torsdag januari februari mars april maj juni juli augusti
september oktober november december nyår födelsedag
sverige svensk svenska svenskar stockholm göteborg malmö uppsala västerås örebro linköping helsingborg jönköping
norrköping lund umeå gävle borås eskilstuna södertälje karlstad täby växjö halmstad sundsvall luleå trollhättan
östersund borlänge falun kalmar skövde karlskrona kristianstad skellefteå uddevalla varberg motala trelleborg
landskrona nyköping karlskoga falkenberg lidköping alingsås sandviken visby ystad kiruna piteå örnsköldsvik skåne
småland gotland öland dalarna norrland lappland västergötland östergötland värmland blekinge halland bohuslän
södermalm rinkeby kungsholmen
hammarby djurgården bajen gnaget järnkaminerna blåvitt ifkgöteborg malmöff elfsborg norrköpingifk häcken örgryte
degerfors sirius mjällby halmstadbk brommapojkarna västerbacken frölunda färjestad brynäs modo leksand timrå
skellefteåaik luleåhockey djurgårn rögle växjölakers hv71 landslaget trekronor fotboll fotbollen hockey ishockey
innebandy handboll bandy allsvenskan guldbollen zlatan foppa lidström sundin forsberg
anna maria margareta elisabeth eva kristina birgitta karin marie ingrid christina linnea sofia kerstin lena helena
marianne emma johanna linda inger elin ulla sara susanne katarina malin ida hanna jenny louise viktoria cecilia
monika irene anneli agneta ingegerd siv barbro berit annika gunilla camilla jessica therese ellen alice julia maja
ebba klara astrid alma agnes wilma saga freja selma vera elsa signe stella ester lilly molly nellie tuva tyra
erik lars karl anders johan per nils mikael jan hans peter olof gunnar lennart sven fredrik bengt daniel bo alexander
gustav göran åke magnus mattias martin andreas stefan john leif björn thomas jonas henrik ulf kjell patrik håkan
rickard robert marcus joakim christoffer roger oskar viktor simon emil david sebastian anton elias filip kevin
william lucas liam oliver hugo ludvig noah adam albin arvid axel leo melvin vincent isak theo sixten valter edvin
andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson jonsson jansson
hansson bengtsson jönsson lindberg jakobsson magnusson lindström olofsson lindqvist lindgren berglund axelsson
bergström lundberg lundgren berggren sandberg fredriksson mattsson forsberg lindholm sjöberg henriksson engström
hunden hund katten katt kattunge valp valpen hästen häst kanin kaninen fågel björnen vargen älgen räven igelkott
groda fjäril nyckelpiga humla lejon tiger elefant giraff pingvin delfin drake draken enhörning spöket monster
blomma blommor blomman solros smultron blåbär lingon hallon jordgubbe äpple banan apelsin päron vattenmelon choklad
godis glass kaffe kaffet kanelbulle kanelbullar köttbullar köttbulle pannkaka pannkakor smörgås tårta prinsesstårta
semla pepparkaka lussekatt surströmming knäckebröd ostmacka pizza öl vin snaps fika fikapaus
röd grön gul blå svart vit rosa lila silver guld regnbåge solsken solen månen stjärna stjärnan himmel himlen havet
skogen sjön berget stranden båten bilen cykel cykeln volvo volvo240 saab scania ikea systembolaget spotify
bamse pippi långstrump pippilångstrump emil ilönneberga karlssonpåtaket ronja madicken mumin mumintrollet alfons
kallanka kalleanka fantomen babblarna bolibompa melodifestivalen abba roxette dancingqueen vasaloppet dalahäst
kungen drottningen prinsessa prinsessan prins prinsen silvia kronprinsessan riksdagen tomten troll trollet viking
vikingen vikingar oden asgård valhall hejdå sluta börja hemma skola skolan jobbet arbete chefen lärare läkare
fanjävel helvete jävlar jävla fanimig skitstövel idiot dumbom fittan kuken knulla röven
`;

/** The rows of the keyboard that is sold in Sweden, each from left to right; a row lies half a key right of the one above. */
export const swedishKeyboard: readonly string[] = [
  '§1234567890+´',
  'qwertyuiopå¨',
  "asdfghjklöä'",
  '<zxcvbnm,.-',
];

export function swedishWords(): string[] {
  return words.split(/\s+/).filter((word) => word !== '');
}
