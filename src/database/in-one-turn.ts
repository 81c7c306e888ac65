/** More questions than this become two statements. */
const questionsMax = 100;

type Waiting<Question, Answer> = {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Turns a question about many into a question about one: whatever is asked in the same turn of the event loop is asked
 * together. For the one query that every request makes; under load a statement is shared by all requests that came in
 * while the last one ran. Nothing is kept: each question is asked anew.
 *
 * `ask` answers in the order of the questions. Where it fails, it fails for all who asked together.
 */
export function inOneTurn<Place extends object, Question, Answer>(
  ask: (place: Place, questions: readonly Question[]) => Promise<readonly Answer[]>,
): (place: Place, question: Question) => Promise<Answer> {
  const gathering = new WeakMap<Place, Waiting<Question, Answer>[]>();

  const answer = async (place: Place, waiting: readonly Waiting<Question, Answer>[]) => {
    try {
      const answers = await ask(
        place,
        waiting.map(({ question }) => question),
      );
      for (const [index, { resolve }] of waiting.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  };

  const gather = (place: Place) => {
    const fresh: Waiting<Question, Answer>[] = [];
    gathering.set(place, fresh);
    // Requests that have arrived are all read before this runs.
    setImmediate(() => {
      if (gathering.get(place) === fresh) gathering.delete(place);
      void answer(place, fresh);
    });
    return fresh;
  };

  return (place, question) => {
    const open = gathering.get(place);
    const waiting = open && open.length < questionsMax ? open : gather(place);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    waiting.push({ question, resolve, reject });
    return promise;
  };
}
