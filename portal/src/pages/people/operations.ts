/** What the pages of this area ask of the hub: people. */
import { graphql } from '../../lib/graphql';

const Contact = graphql(`
  fragment Contact on ContactPerson {
    id name role email phone visibility acceptsRequests viewerCanSeeAddress version viewerActions
    practices { slug title }
    duties { practices requests }
  }
`);

export const People = graphql(`
  query People($territory: ID!) {
    territory(by: { id: $territory }) {
      id
      fullName
      mailbox
      viewerCanSeeMailbox
      viewerCanSeeMembers
      viewerCanManageMembers
      members(first: 100) { totalCount nodes { role since viewerActions person { id name email } } }
      invitations(first: 100) { nodes { id name email role createdAt expiresAt state invitedBy { name } viewerActions } }
      contacts(first: 100) { nodes { ...Contact } }
    }
  }
`, [Contact]);

export const InviteMember = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) { invitation { id } userErrors { code field message } }
  }
`);

export const RevokeInvitation = graphql(`
  mutation RevokeInvitation($invitation: ID!) {
    revokeInvitation(input: { invitation: $invitation }) { invitation { id } userErrors { code field message } }
  }
`);

export const ChangeMemberRole = graphql(`
  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) { membership { role } userErrors { code field message } }
  }
`);

export const RemoveMember = graphql(`
  mutation RemoveMember($territory: ID!, $person: ID!) {
    removeMember(input: { territory: $territory, person: $person }) { membership { role } userErrors { code field message } }
  }
`);

export const SetTerritoryMailbox = graphql(`
  mutation SetTerritoryMailbox($input: SetTerritoryMailboxInput!) {
    setTerritoryMailbox(input: $input) { territory { id mailbox } userErrors { code field message } }
  }
`);

export const AddContactPerson = graphql(`
  mutation AddContactPerson($input: AddContactPersonInput!) {
    addContactPerson(input: $input) { contact { ...Contact } userErrors { code field message } }
  }
`, [Contact]);

export const UpdateContactPerson = graphql(`
  mutation UpdateContactPerson($input: UpdateContactPersonInput!) {
    updateContactPerson(input: $input) { contact { ...Contact } userErrors { code field message } }
  }
`, [Contact]);

export const RemoveContactPerson = graphql(`
  mutation RemoveContactPerson($contact: ID!) {
    removeContactPerson(input: { contact: $contact }) { contact { id } userErrors { code field message } }
  }
`);

export const HandOverDuties = graphql(`
  mutation HandOverDuties($input: HandOverDutiesInput!) {
    handOverDuties(input: $input) {
      leaving { ...Contact }
      successor { id name }
      handedOver { practices requests }
      userErrors { code field message }
    }
  }
`, [Contact]);
