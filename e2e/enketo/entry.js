// The field's own client: Enketo's transformer and form engine, for a page of the test.
import { transform } from '../../node_modules/enketo-transformer/dist/enketo-transformer/web/transformer.js';
import { Form } from 'enketo-core';

let form;

const headers = (key) => ({ Authorization: `Basic ${btoa(`:${key}`)}` });

// show finds a form in the list, draws it and says how many questions there are.
window.show = async (base, id, key) => {
	const list = new DOMParser().parseFromString(await (await fetch(`${base}/formList`, { headers: headers(key) })).text(), 'text/xml');
	const listed = [...list.querySelectorAll('xform')].find((f) => f.querySelector('formID').textContent === id);
	return window.draw(new URL(listed.querySelector('downloadUrl').textContent).pathname, key);
};

// draw shows the form at an address.
window.draw = async (address, key) => {
	const xform = await (await fetch(address, { headers: headers(key) })).text();
	const drawn = await transform({ xform });
	document.getElementById('form').innerHTML = drawn.form;
	form = new Form(document.querySelector('form.or'), { modelStr: drawn.model }, {});
	const trouble = form.init();
	if (trouble.length) {
		throw new Error(trouble.join('; '));
	}
	return document.querySelectorAll('form.or .question, form.or .range, form.or .note').length;
};

// put answers a question as a hand on the screen would.
window.put = (name, value) => {
	const fields = [...document.querySelectorAll(`form.or [name="${name}"], form.or [data-name="${name}"]`)];
	if (!fields.length) {
		throw new Error(`there is no ${name}`);
	}
	for (const field of fields) {
		if (field.type === 'radio' || field.type === 'checkbox') {
			if (field.value === value) {
				field.click();
			}
			continue;
		}
		field.value = value;
		field.dispatchEvent(new Event('change', { bubbles: true }));
	}
	return true;
};

// send brings the answers in, and gives what the node says.
window.send = async (base, key) => {
	if (!(await form.validate())) {
		throw new Error(`Enketo finds mistakes: ${[...document.querySelectorAll('.invalid-required, .invalid-constraint')].map((e) => e.textContent.trim()).join('; ')}`);
	}
	const body = new FormData();
	body.append('xml_submission_file', new Blob([form.getDataStr({ irrelevant: false })], { type: 'text/xml' }), 'submission.xml');
	const response = await fetch(`${base}/submission`, { method: 'POST', headers: headers(key), body });
	return `${response.status} ${await response.text()}`;
};
