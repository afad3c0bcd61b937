//! Asterisk's files, read as Asterisk reads them.

/// A section and its options, in their order.
#[derive(Debug)]
pub struct Section {
    pub name: String,
    pub options: Vec<(String, String)>,
}

impl Section {
    pub fn all(&self, key: &str) -> Vec<&str> {
        let options = self.options.iter().filter(|(known, _)| known == key);
        options.map(|(_, value)| value.as_str()).collect()
    }

    pub fn get(&self, key: &str) -> &str {
        self.all(key).first().copied().unwrap_or_default()
    }
}

/// A semicolon begins a comment, unless a backslash stands before it.
fn uncommented(line: &str) -> String {
    let mut kept = String::new();
    for sign in line.chars() {
        if sign != ';' {
            kept.push(sign);
        } else if kept.ends_with('\\') {
            kept.pop();
            kept.push(';');
        } else {
            break;
        }
    }
    kept.trim().to_owned()
}

pub fn read(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text
        .lines()
        .map(uncommented)
        .filter(|line| !line.is_empty())
    {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            sections.push(Section {
                name: name.to_owned(),
                options: Vec::new(),
            });
            continue;
        }
        let (key, value) = line.split_once('=').expect("an option has a value");
        // After the sign an arrow would be another sign.
        let value = value.strip_prefix('>').unwrap_or(value);
        let section = sections.last_mut().expect("an option is in a section");
        section
            .options
            .push((key.trim().to_owned(), value.trim().to_owned()));
    }
    sections
}
