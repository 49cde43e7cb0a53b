export function checked(text) {
    if (text.trim() === '') {
        throw Object.assign(new Error('Say something'), { code: 'EMPTY' });
    }
    return text;
}
