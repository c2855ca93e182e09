// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/html_writer.h"

#include "core/util/control_characters.h"

namespace simclr {

namespace {

/// Lines of notes stay lines; XML knows no other control character.
std::string shownControl(char32_t control) {
    return control == U'\n' ? "\n" : escapedControl(control);
}

/// U+FFFE and U+FFFF are valid UTF-8, but not allowed in XML.
std::string withoutNonCharacters(std::string text) {
    for (const std::string_view each : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
        for (auto at = text.find(each); at != std::string::npos; at = text.find(each, at))
            text.replace(at, each.size(), "\xEF\xBF\xBD");
    return text;
}

} // namespace

std::string htmlText(std::string_view text) {
    std::string html;
    for (const char letter : withoutNonCharacters(replaceControls(text, shownControl)))
        switch (letter) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        default:
            html += letter;
        }
    return html;
}

HtmlWriter::Element HtmlWriter::element(const std::string &name, const Attributes &attributes) {
    begin(name, attributes);
    m_html += '>';
    return {*this, name};
}

void HtmlWriter::element(const std::string &name, const Attributes &attributes, std::string_view content) {
    const Element open = element(name, attributes);
    text(content);
}

void HtmlWriter::emptyElement(const std::string &name, const Attributes &attributes) {
    begin(name, attributes);
    m_html += " />";
}

void HtmlWriter::text(std::string_view text) {
    m_html += htmlText(text);
}

void HtmlWriter::begin(const std::string &name, const Attributes &attributes) {
    m_html += "\n<" + name;
    for (const auto &[attribute, value] : attributes)
        m_html += " " + attribute + "=\"" + htmlText(value) + "\"";
}

} // namespace simclr
