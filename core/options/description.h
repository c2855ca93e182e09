// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"
#include "core/util/error.h"

#include <concepts>
#include <functional>
#include <utility>

namespace simclr {

/// Ties the described parameters to the members of a plain struct `T`, so that each option is listed once:
/// the struct gives the default and fast access, the parameter everything that users see.
template <typename T>
class Description {
  public:
    template <std::integral M>
    requires(!std::same_as<M, bool>) Description && integer(M T::*member, Parameter parameter) && {
        parameter.kind = ParameterKind::Integer;
        return std::move(*this).add(
            std::move(parameter),
            [member](const T &owner) { return Value(static_cast<std::int64_t>(owner.*member)); },
            [member](T &owner, const Value &value) {
                owner.*member = static_cast<M>(std::get<std::int64_t>(value));
            });
    }
    Description &&real(double T::*member, Parameter parameter) && {
        return std::move(*this).plain(member, ParameterKind::Real, std::move(parameter));
    }
    Description &&interval(Range T::*member, Parameter parameter) && {
        return std::move(*this).plain(member, ParameterKind::Interval, std::move(parameter));
    }
    Description &&boolean(bool T::*member, Parameter parameter) && {
        return std::move(*this).plain(member, ParameterKind::Boolean, std::move(parameter));
    }
    Description &&choice(std::string T::*member, Parameter parameter) && {
        return std::move(*this).plain(member, ParameterKind::Choice, std::move(parameter));
    }
    Description &&text(std::string T::*member, Parameter parameter) && {
        return std::move(*this).plain(member, ParameterKind::Text, std::move(parameter));
    }

    /// The parameters alone; each one's initial value is what a default-made T holds.
    const Schema &schema() const { return m_schema; }

    Values read(const T &owner) const {
        Values values;
        for (std::size_t i = 0; i < m_schema.size(); ++i)
            values.emplace(m_schema[i].id, m_access[i].read(owner));
        return values;
    }

    /// Sets one member after checking the value. Throws InvalidInput, also if no parameter has this id.
    void write(T &owner, const std::string &id, const Value &value, const std::string &what) const {
        const std::size_t index = indexOf(id, what);
        checkValue(m_schema[index], value, what);
        m_access[index].write(owner, value);
    }

    void write(T &owner, const Values &values, const std::string &what) const {
        for (const auto &[id, value] : values)
            write(owner, id, value, what);
    }

    const Parameter &parameter(const std::string &id, const std::string &what) const {
        return m_schema[indexOf(id, what)];
    }

    Json toJson(const T &owner) const {
        Json json = Json::object();
        for (std::size_t i = 0; i < m_schema.size(); ++i)
            json[m_schema[i].id] = simclr::toJson(m_access[i].read(owner));
        return json;
    }

    /// A T with the members that `json` names set and all others at their defaults. Throws InvalidInput.
    T fromJson(const Json &json, const std::string &what) const {
        if (!json.is_object())
            throw InvalidInput(what + " must be a JSON object");
        T owner;
        for (const auto &[id, item] : json.items()) {
            const std::size_t index = indexOf(id, what);
            m_access[index].write(owner, valueFromJson(m_schema[index], item, what));
        }
        return owner;
    }

  private:
    struct Access {
        std::function<Value(const T &)> read;
        std::function<void(T &, const Value &)> write;
    };

    template <typename M>
    Description &&plain(M T::*member, ParameterKind kind, Parameter parameter) && {
        parameter.kind = kind;
        return std::move(*this).add(
            std::move(parameter), [member](const T &owner) { return Value(owner.*member); },
            [member](T &owner, const Value &value) { owner.*member = std::get<M>(value); });
    }

    Description &&add(Parameter parameter, std::function<Value(const T &)> read,
                      std::function<void(T &, const Value &)> write) && {
        parameter.initial = read(T{});
        m_schema.push_back(std::move(parameter));
        m_access.push_back({std::move(read), std::move(write)});
        return std::move(*this);
    }

    std::size_t indexOf(const std::string &id, const std::string &what) const {
        for (std::size_t i = 0; i < m_schema.size(); ++i)
            if (m_schema[i].id == id)
                return i;
        std::string known;
        for (const Parameter &parameter : m_schema)
            known += (known.empty() ? "" : ", ") + parameter.id;
        throw InvalidInput(what + " has no \"" + id + "\"; known keys: " + known);
    }

    Schema m_schema;
    std::vector<Access> m_access;
};

} // namespace simclr
