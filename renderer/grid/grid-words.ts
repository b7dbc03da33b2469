/** The few words of AG Grid that reach a person here: screen readers' announcements and names of controls. */
const gridWords: Readonly<Record<'en' | 'fr', Readonly<Record<string, string>>>> = {
  en: {
    ariaRowSelect: 'Press SPACE to select this row',
    ariaRowDeselect: 'Press SPACE to deselect this row',
    ariaRowToggleSelection: 'Press Space to toggle row selection',
    ariaHeaderSelection: 'Select every row shown',
    ariaSortableColumn: 'Press ENTER to sort',
    ariaChecked: 'checked',
    ariaUnchecked: 'unchecked',
    ariaIndeterminate: 'partly',
    ariaToggleVisibility: 'Press SPACE to toggle visibility',
    ariaSearch: 'Search',
    ariaSelectAllRows: 'Select every row shown',
    ariaRowSelectionDisabled: 'This row cannot be selected',
  },
  fr: {
    ariaRowSelect: 'ESPACE pour sélectionner cette ligne',
    ariaRowDeselect: 'ESPACE pour désélectionner cette ligne',
    ariaRowToggleSelection: 'ESPACE pour changer la sélection de la ligne',
    ariaHeaderSelection: 'Sélectionner toutes les lignes affichées',
    ariaSortableColumn: 'ENTRÉE pour trier',
    ariaChecked: 'coché',
    ariaUnchecked: 'non coché',
    ariaIndeterminate: 'en partie',
    ariaToggleVisibility: 'ESPACE pour afficher ou masquer',
    ariaSearch: 'Rechercher',
    ariaSelectAllRows: 'Sélectionner toutes les lignes affichées',
    ariaRowSelectionDisabled: 'Cette ligne ne peut pas être sélectionnée',
  },
};

/** What AG Grid says under a key, asked each time it says it: the language may change while the grid stands. */
export const gridText = (language: string, key: string, defaultValue: string): string =>
  gridWords[language === 'fr' ? 'fr' : 'en'][key] ?? defaultValue;
