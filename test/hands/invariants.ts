import { addedTextIsInTheField } from './invariants/added-text-is-in-the-field.ts'
import { askedIsSaidOfWhoWasAsked } from './invariants/asked-is-said-of-who-was-asked.ts'
import { canvasesAreSharp } from './invariants/canvases-are-sharp.ts'
import { choicesStay } from './invariants/choices-stay.ts'
import { commandsGoWhereItIsShown } from './invariants/commands-go-where-it-is-shown.ts'
import { dialogsAreAskedFor } from './invariants/dialogs-are-asked-for.ts'
import { draftsSurvive } from './invariants/drafts-survive.ts'
import { droppedFilesAreLookedAt } from './invariants/dropped-files-are-looked-at.ts'
import { enabledControlsAct } from './invariants/enabled-controls-act.ts'
import { faultsAreAboutTheirVerb } from './invariants/faults-are-about-their-verb.ts'
import { fieldsTakeWhatIsTyped } from './invariants/fields-take-what-is-typed.ts'
import { imagesSentAreTyped } from './invariants/images-sent-are-typed.ts'
import { keysActWhereTheyAre } from './invariants/keys-act-where-they-are.ts'
import { leavingADrivenClusterAsks } from './invariants/leaving-a-driven-cluster-asks.ts'
import { loadingEnds } from './invariants/loading-ends.ts'
import { logsAreOfTheirPod } from './invariants/logs-are-of-their-pod.ts'
import { mendedAlertsStayAway } from './invariants/mended-alerts-stay-away.ts'
import { noBrokenPart } from './invariants/no-broken-part.ts'
import { noExceptions } from './invariants/no-exceptions.ts'
import { nothingIsLostSilently } from './invariants/nothing-is-lost-silently.ts'
import { nothingOutlivesItsView } from './invariants/nothing-outlives-its-view.ts'
import { oldTimesSayTheirDay } from './invariants/old-times-say-their-day.ts'
import { onePressIsOneAction } from './invariants/one-press-is-one-action.ts'
import { onlyTheLeftButtonActs } from './invariants/only-the-left-button-acts.ts'
import { paletteDoesWhatItNames } from './invariants/palette-does-what-it-names.ts'
import { placesAreChosenByHand } from './invariants/places-are-chosen-by-hand.ts'
import { plansOverwriteNothingUnseen } from './invariants/plans-overwrite-nothing-unseen.ts'
import { questionsKeepTheirSubject } from './invariants/questions-keep-their-subject.ts'
import { sizesSentAreShown } from './invariants/sizes-sent-are-shown.ts'
import { templatesSentWereCompared } from './invariants/templates-sent-were-compared.ts'
import { textsAreSane } from './invariants/texts-are-sane.ts'
import { theLinkHolds } from './invariants/the-link-holds.ts'
import { timesTypedAreTimesMeant } from './invariants/times-typed-are-times-meant.ts'
import { totalsAreTheirSums } from './invariants/totals-are-their-sums.ts'
import { typedStaysWhereItWasTyped } from './invariants/typed-stays-where-it-was-typed.ts'
import type { Invariant } from './step.ts'

/** Judged after each step. A rule that is broken ends the run. */
export const invariants: Readonly<Record<string, Invariant>> = {
  'added text is in the field': addedTextIsInTheField,
  'asked is said of who was asked': askedIsSaidOfWhoWasAsked,
  'canvases are sharp': canvasesAreSharp,
  'choices stay': choicesStay,
  'commands go where it is shown': commandsGoWhereItIsShown,
  'dialogs are asked for': dialogsAreAskedFor,
  'drafts survive': draftsSurvive,
  'dropped files are looked at': droppedFilesAreLookedAt,
  'enabled controls act': enabledControlsAct,
  'faults are about their verb': faultsAreAboutTheirVerb,
  'fields take what is typed': fieldsTakeWhatIsTyped,
  'images sent are typed': imagesSentAreTyped,
  'keys act where they are': keysActWhereTheyAre,
  'leaving a driven cluster asks': leavingADrivenClusterAsks,
  'loading ends': loadingEnds,
  'logs are of their pod': logsAreOfTheirPod,
  'mended alerts stay away': mendedAlertsStayAway,
  'no broken part': noBrokenPart,
  'no exceptions': noExceptions,
  'nothing is lost silently': nothingIsLostSilently,
  'nothing outlives its view': nothingOutlivesItsView,
  'old times say their day': oldTimesSayTheirDay,
  'one press is one action': onePressIsOneAction,
  'only the left button acts': onlyTheLeftButtonActs,
  'palette does what it names': paletteDoesWhatItNames,
  'places are chosen by hand': placesAreChosenByHand,
  'plans overwrite nothing unseen': plansOverwriteNothingUnseen,
  'questions keep their subject': questionsKeepTheirSubject,
  'sizes sent are shown': sizesSentAreShown,
  'templates sent were compared': templatesSentWereCompared,
  'texts are sane': textsAreSane,
  'the link holds': theLinkHolds,
  'times typed are times meant': timesTypedAreTimesMeant,
  'totals are their sums': totalsAreTheirSums,
  'typed stays where it was typed': typedStaysWhereItWasTyped,
}
