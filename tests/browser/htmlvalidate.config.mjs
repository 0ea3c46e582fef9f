// What pages are held against by html-validate.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Where a table is shown as a stack of rows, some browsers forget that it is a table unless its roles are spelt out.
    "no-redundant-role": "off",
    // Rows that are ticked are sent under one name, each with its own value.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
  },
};
