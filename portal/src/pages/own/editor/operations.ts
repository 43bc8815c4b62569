/** What the pages of this area ask of the hub: own, editor. */
import { graphql } from '../../../lib/graphql';

export const KitPart = graphql(`
  fragment KitPart on Practice {
    kitCompleteness
    kit { id version title link document { id name size url } position kind { code label } phase { code label } text { source } }
  }
`);

export const EditedPractice = graphql(`
  fragment EditedPractice on Practice {
    id slug version status badge title abstract updatedAt publishedAt edition viewerActions
    owner { id slug fullName }
    field { code label } otherFields { code label } targets { code label } tools { code label } funds { code label }
    places coreElements adaptableElements
    context { source } objectives { source } method { source } results { source }
    obstacles { source } improvements { source } replicability { source }
    startedOn endedOn budgetEur setupCostEur yearlyCostEur staffFte monthsToStart peopleReached evidenceLevel
    partners { name kind }
    indicators { code name unit baseline value measuredOn source }
    supportOffer { levels capacity isOpen }
    provenance { sources note }
    reviewNote { html }
    contacts { id name role }
    lineage {
      parents { childId parentId kind isConfirmed note parent { slug title } }
      children { childId parentId kind isConfirmed note child { slug title owner { fullName } } }
    }
    ...KitPart
  }
`, [KitPart]);

export const PracticeToEdit = graphql(`
  query PracticeToEdit($slug: String!) { practice(by: { slug: $slug }) { ...EditedPractice } }
`, [EditedPractice]);

export const PracticeAgain = graphql(`
  query PracticeAgain($id: ID!) { practice(by: { id: $id }) { ...EditedPractice } }
`, [EditedPractice]);

export const UpdatePractice = graphql(`
  mutation UpdatePractice($input: UpdatePracticeInput!) {
    updatePractice(input: $input) {
      practice { ...EditedPractice }
      userErrors { code field message }
    }
  }
`, [EditedPractice]);

export const EditorTerms = graphql(`
  query EditorTerms {
    field: vocabulary(scheme: FIELD) { code label }
    targets: vocabulary(scheme: TARGET) { code label }
    tools: vocabulary(scheme: TOOL) { code label }
    funds: vocabulary(scheme: FUND) { code label }
    phases: vocabulary(scheme: KIT_PHASE) { code label }
    kinds: vocabulary(scheme: KIT_KIND) { code label }
  }
`);

export const OwnerContacts = graphql(`
  query OwnerContacts($territory: ID!) {
    territory(by: { id: $territory }) { id contacts(first: 100) { nodes { id name role visibility } } }
  }
`);

export const SetPracticeContacts = graphql(`
  mutation SetPracticeContacts($practice: ID!, $contacts: [ID!]!) {
    setPracticeContacts(input: { practice: $practice, contacts: $contacts }) {
      practice { ...EditedPractice }
      userErrors { code field message }
    }
  }
`, [EditedPractice]);

export const AddKitItem = graphql(`
  mutation AddKitItem($input: AddKitItemInput!) {
    addKitItem(input: $input) {
      item { id practice { ...KitPart } }
      userErrors { code field message }
    }
  }
`, [KitPart]);

export const UpdateKitItem = graphql(`
  mutation UpdateKitItem($input: UpdateKitItemInput!) {
    updateKitItem(input: $input) {
      item { id practice { ...KitPart } }
      userErrors { code field message }
    }
  }
`, [KitPart]);

export const MoveKitItem = graphql(`
  mutation MoveKitItem($item: ID!, $position: Int!) {
    moveKitItem(input: { item: $item, position: $position }) {
      practice { ...KitPart }
      userErrors { code field message }
    }
  }
`, [KitPart]);

export const RemoveKitItem = graphql(`
  mutation RemoveKitItem($item: ID!) {
    removeKitItem(input: { item: $item }) {
      practice { ...KitPart }
      userErrors { code field message }
    }
  }
`, [KitPart]);
