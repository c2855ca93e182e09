// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/json_builder.h"

#include "core/util/error.h"

#include <algorithm>

namespace simclr {

namespace {

/// Up to this number a linear search through the members is the fastest.
constexpr std::size_t fewMembers = 16;

using Members = Json::object_t;

} // namespace

bool JsonBuilder::parse_error(std::size_t, const std::string &, const Json::exception &error) {
    throw InvalidInput(m_origin + " is not valid JSON: " + jsonReason(error));
}

bool JsonBuilder::add(Json value) {
    place(std::move(value));
    return true;
}

bool JsonBuilder::open(Json value) {
    if (m_open.size() == deepest)
        throw InvalidInput(m_origin + " is nested too deeply: at most " + std::to_string(deepest) +
                           " levels are supported");
    m_open.push_back({place(std::move(value))});
    return true;
}

bool JsonBuilder::close() {
    m_open.pop_back();
    return true;
}

bool JsonBuilder::key(std::string &name) {
    Open &object = m_open.back();
    auto &members = object.value->get_ref<Members &>();
    m_member = placeOf(object, name);
    if (m_member == members.size())
        members.emplace_back(std::move(name), nullptr);
    return true;
}

/// Position of the member of this name, or the insertion position.
std::size_t JsonBuilder::placeOf(Open &object, const std::string &name) {
    const auto &members = object.value->get_ref<Members &>();
    if (members.size() < fewMembers) {
        const auto found = std::ranges::find(members, name, &Members::value_type::first);
        return static_cast<std::size_t>(found - members.begin());
    }
    if (object.places.empty())
        for (const auto &[known, value] : members)
            object.places.emplace(known, object.places.size());
    return object.places.emplace(name, members.size()).first->second;
}

/// Adds the value to the open object or array; of members with the same name the last one counts. The address
/// is valid until the next value is added beside it.
Json *JsonBuilder::place(Json value) {
    if (++m_values > mostValues)
        throw InvalidInput(m_origin + " holds more than " + std::to_string(mostValues) + " values");
    if (m_open.empty())
        return &(m_root = std::move(value));
    Json &parent = *m_open.back().value;
    if (parent.is_array())
        return &parent.get_ref<Json::array_t &>().emplace_back(std::move(value));
    return &(parent.get_ref<Members &>().begin()[static_cast<std::ptrdiff_t>(m_member)].second =
                 std::move(value));
}

} // namespace simclr
