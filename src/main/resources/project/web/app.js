const socket = Switchboard.connect();
const heard = document.getElementById('heard');
const form = document.getElementById('say');
const fault = document.getElementById('fault');

function show(text) {
  const item = document.createElement('li');
  item.textContent = text;
  heard.append(item);
}

socket.on('said', ({ who, text }) => show(`${who}: ${text}`));
socket.on('left', (who) => show(`${who} has left`));

form.addEventListener('submit', (event) => {
  event.preventDefault();
  fault.textContent = '';
  socket.ask('say', form.elements.text.value).then(
    () => form.reset(),
    (error) => { fault.textContent = error.message; });
});
