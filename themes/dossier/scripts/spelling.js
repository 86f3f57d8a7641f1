/* Words as the search compares them: what site_builder/spelling.py does, for what a reader types.
   A test holds the two to each other. */
window.siteSpelling = (() => {
  'use strict';

  const SILENT = /['\u2018\u2019\u02b9\u02ba\u02bb\u02bc\u02bd`\u2032\u00ad\u200b-\u200d\u2060]/g;
  const GROUPED = /[0-9]+(?:[., \u00a0\u2009\u202f][0-9]{3})+(?![0-9])/g;

  const folded = (text) => text.normalize('NFKD').toLowerCase().replace(/\u0438\u0306/g, '\u0439')
    .replace(/\p{M}+/gu, '').replace(SILENT, '');

  const joined = (number) => (/^[0-9]{1,3}(?![0-9])/.test(number) ? number.replace(/[^0-9]/g, '') : number);

  const words = (text) => folded(text).replace(GROUPED, joined).match(/[\p{L}\p{N}]+/gu) || [];

  // The table of spellings comes with the index: pairs of a pattern and the letters that stand for it.
  function spelling(table) {
    const pairs = table.map(([ways, letters]) => [new RegExp(ways, 'g'), letters]);
    return (word) => {
      if (!/^[a-z]+$/.test(word)) return word;
      return pairs.reduce((text, [ways, letters]) => text.replace(ways, letters), word).replace(/(.)\1+/g, '$1');
    };
  }

  return {words, spelling};
})();
