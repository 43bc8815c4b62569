/** All pages, by area. A new area adds its own `routes.ts` here and, where it belongs, a link in `frame/menu.ts`. */
import { account } from './pages/account/routes';
import { conversations } from './pages/conversations/routes';
import { finding } from './pages/finding/routes';
import { network } from './pages/network/routes';
import { notifications } from './pages/notifications/routes';
import { open } from './pages/open/routes';
import { own } from './pages/own/routes';
import { people } from './pages/people/routes';
import { requests } from './pages/requests/routes';
import { staff } from './pages/staff/routes';
import { tasks } from './pages/tasks/routes';
import type { Route } from './lib/router.svelte';

export const routes: readonly Route[] = [...open, ...finding, ...account, ...tasks, ...requests, ...conversations, ...own, ...people, ...network, ...notifications, ...staff];
