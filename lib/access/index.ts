export { authenticateApiKey, createApiKey, ensureApiKey } from './api-keys.ts';
export { browserAddress } from './browser-address.ts';
export { changePassword, changePasswordSchema } from './change-password.ts';
export { endApiKey, issueApiKey, listApiKeys, newKeySchema } from './manage-keys.ts';
export {
  inviteMember,
  inviteSchema,
  listMembers,
  memberPatchSchema,
  removeMember,
  updateMember,
} from './manage-members.ts';
export { ensureMember, memberOf } from './members.ts';
export type { Member } from './members.ts';
export { safeNextPath } from './next-path.ts';
export { limitRate } from './rate-limit.ts';
export { currentSession } from './refresh.ts';
export { requireRole } from './require-role.ts';
export { crossSiteReason } from './same-origin.ts';
export { sameSecret } from './same-secret.ts';
export { readSession, sessionCookies } from './session.ts';
export type { Cookie, CookieToSet, Session } from './session.ts';
export { forgetSignIns } from './sign-in-limit.ts';
export { signIn, signInSchema, signOut } from './sign-in.ts';
export { actorRef, roleIncludes, roles } from './types.ts';
export type { Actor, ApiKeyInfo, MemberInfo, Role } from './types.ts';
export { verifyUserToken } from './user-token.ts';
export type { UserClaims } from './user-token.ts';
