/** Where the portal begins in the browser. */
import './styles/main.css';
import { mount } from 'svelte';
import App from './frame/App.svelte';

const target = document.getElementById('app');
if (target) mount(App, { target });
