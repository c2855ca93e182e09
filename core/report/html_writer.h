// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace simclr {

/// Writes HTML that is also well-formed XML. Texts and values of attributes are text: no element, entity or
/// control character of theirs takes effect, from whatever file or database they come.
class HtmlWriter {
  public:
    using Attributes = std::vector<std::pair<std::string, std::string>>;

    /// An open element; closed at the end of its scope.
    class Element {
      public:
        Element(HtmlWriter &writer, std::string name) : m_writer(writer), m_name(std::move(name)) {}
        ~Element() { m_writer.m_html += "</" + m_name + ">"; }
        Element(const Element &) = delete;
        Element &operator=(const Element &) = delete;

      private:
        HtmlWriter &m_writer;
        std::string m_name;
    };

    [[nodiscard]] Element element(const std::string &name, const Attributes &attributes = {});
    /// An element that contains nothing but text.
    void element(const std::string &name, const Attributes &attributes, std::string_view text);
    /// An element of the kind that has no end: meta, img, br, and those of SVG.
    void emptyElement(const std::string &name, const Attributes &attributes);
    void text(std::string_view text);
    /// Markup of the program itself, never a text from elsewhere.
    void markup(std::string_view html) { m_html += html; }

    const std::string &html() const { return m_html; }

  private:
    void begin(const std::string &name, const Attributes &attributes);

    std::string m_html;
};

/// A text as it is written between elements or into an attribute.
std::string htmlText(std::string_view text);

} // namespace simclr
