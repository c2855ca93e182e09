// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/option_settings.h"

#include <QSettings>

namespace simclr::ui {

namespace {

const QString optionsKey = QStringLiteral("train/options");
const QString rulesKey = QStringLiteral("train/rules");

/// An empty object if nothing readable is stored.
Json rememberedJson(const QString &key) {
    const std::string text = QSettings().value(key).toString().toStdString();
    try {
        const Json json = parseJson(text, "settings");
        return json.is_object() ? json : Json::object();
    } catch (const Error &) {
        return Json::object();
    }
}

/// Values from another version that are not valid here are left out.
template <typename Options>
Options remembered(const Description<Options> &description, const QString &key) {
    const Json json = rememberedJson(key);
    Options options;
    for (const auto &[id, item] : json.items()) {
        try {
            const Parameter &parameter = description.parameter(id, "settings");
            description.write(options, id, valueFromJson(parameter, item, "settings"), "settings");
        } catch (const Error &) {
            continue; // keep the default
        }
    }
    return options;
}

template <typename Options>
void remember(const Description<Options> &description, const QString &key, const Options &options) {
    QSettings().setValue(key, QString::fromStdString(toLine(description.toJson(options))));
}

} // namespace

TrainOptions rememberedOptions() {
    return remembered(trainOptionsDescription(), optionsKey);
}

void rememberOptions(const TrainOptions &options) {
    remember(trainOptionsDescription(), optionsKey, options);
}

RuleOptions rememberedRules() {
    return remembered(ruleOptionsDescription(), rulesKey);
}

void rememberRules(const RuleOptions &rules) {
    remember(ruleOptionsDescription(), rulesKey, rules);
}

} // namespace simclr::ui
