// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <map>
#include <vector>

namespace simclr {

/// Builds a Json from the callbacks of nlohmann's parser (its SAX interface defines the names). Unlike the
/// library's own builder it takes time linear in the length of the text, however many members an object has,
/// and throws InvalidInput if the text is nested deeper, or has more values, than any file of this program:
/// copying, printing and comparing JSON recurse over its depth.
class JsonBuilder {
  public:
    static constexpr std::size_t deepest = 200;
    static constexpr std::size_t mostValues = 8'000'000;

    /// `origin` is named in messages.
    explicit JsonBuilder(const std::string &origin) : m_origin(origin) {}

    bool null() { return add(nullptr); }
    bool boolean(bool value) { return add(value); }
    bool number_integer(std::int64_t value) { return add(value); }
    bool number_unsigned(std::uint64_t value) { return add(value); }
    bool number_float(double value, const std::string &) { return add(value); }
    bool string(std::string &value) { return add(std::move(value)); }
    bool binary(Json::binary_t &value) { return add(std::move(value)); }
    bool start_object(std::size_t) { return open(Json::object()); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string &name);
    [[noreturn]] bool parse_error(std::size_t, const std::string &, const Json::exception &error);

    Json take() { return std::move(m_root); }

  private:
    /// An object or array that is not complete. `places` finds the members of an object that has many; it is
    /// sorted rather than hashed, so that no choice of names makes it slow.
    struct Open {
        Json *value = nullptr;
        std::map<std::string, std::size_t> places = {};
    };

    bool add(Json value);
    bool open(Json value);
    bool close();
    Json *place(Json value);
    static std::size_t placeOf(Open &object, const std::string &name);

    const std::string &m_origin;
    Json m_root;
    std::vector<Open> m_open;
    std::size_t m_member = 0; ///< of the innermost object, for the value that comes next
    std::size_t m_values = 0;
};

} // namespace simclr
