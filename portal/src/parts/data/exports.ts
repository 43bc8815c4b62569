/** Whole sets of data that the hub keeps ready as files: each page that gives data names them. */

export interface Export {
  /** `/data/…`. */
  href: string;
  it: string;
  en: string;
}

export const EXPORTS: readonly Export[] = [
  { href: '/data/network.csv', it: 'Scambi tra territori (CSV)', en: 'Exchanges between territories (CSV)' },
  { href: '/data/network-territories.csv', it: 'Territori nella rete (CSV)', en: 'Territories in the network (CSV)' },
  { href: '/data/network.graphml', it: 'La rete per networkx e yEd (GraphML)', en: 'The network for networkx and yEd (GraphML)' },
  { href: '/data/network.gexf', it: 'La rete per Gephi (GEXF)', en: 'The network for Gephi (GEXF)' },
  { href: '/data/statistics.csv', it: 'Richieste per mese, tema e provincia (CSV)', en: 'Requests by month, field and province (CSV)' },
  { href: '/data/lineage.csv', it: 'Discendenza delle pratiche (CSV)', en: 'Lineage of practices (CSV)' },
  { href: '/data/practices.csv', it: 'Pratiche pubblicate (CSV)', en: 'Published practices (CSV)' },
  { href: '/data/territories.csv', it: 'Ambiti e Comuni (CSV)', en: 'Ambiti and Comuni (CSV)' },
  { href: '/catalog.ttl', it: 'Catalogo di tutti i dati (DCAT-AP_IT)', en: 'Catalogue of all data (DCAT-AP_IT)' },
];
