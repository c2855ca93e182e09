// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/message_codec.h"

#include "core/util/error.h"

namespace simclr {

namespace {

struct ArgumentWriter {
    Json operator()(std::int64_t number) const { return number; }
    Json operator()(double number) const { return number; }
    Json operator()(const std::string &text) const { return text; }
    Json operator()(const Message &message) const { return MessageCodec::toJson(message); }
};

} // namespace

Json MessageCodec::toJson(const Message &message) {
    Json arguments = Json::array();
    for (const MessageArgument &argument : message.m_arguments)
        arguments.push_back(std::visit(ArgumentWriter{}, argument.value));
    return {{"id", std::string(message.code())}, {"arguments", std::move(arguments)}};
}

Message MessageCodec::fromJson(const Json &json) const {
    const std::string &id = json.at("id").get_ref<const std::string &>();
    std::vector<MessageArgument> arguments;
    for (const Json &argument : json.at("arguments"))
        arguments.push_back(argumentFrom(argument));
    for (const Table table : m_tables)
        for (const MessageText &text : table)
            if (text.id == id && text.argumentCount() == arguments.size())
                return Message(text, std::move(arguments));
    throw InvalidInput("unknown message \"" + id + "\"");
}

MessageArgument MessageCodec::argumentFrom(const Json &json) const {
    if (json.is_object())
        return fromJson(json);
    if (json.is_string())
        return json.get<std::string>();
    if (json.is_number_float())
        return json.get<double>();
    return json.get<std::int64_t>();
}

} // namespace simclr
