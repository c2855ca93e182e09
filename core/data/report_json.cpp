// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/report_json.h"

#include "core/data/dataset_messages.h"
#include "core/util/message_codec.h"
#include "core/util/message_lists.h"

namespace simclr {

namespace {

Json toJson(ImageSize size) {
    return Json::array({size.width, size.height});
}

ImageSize sizeFrom(const Json &json) {
    return {json.at(0).get<int>(), json.at(1).get<int>()};
}

} // namespace

Json toJson(const DatasetReport &report) {
    Json notes = Json::array();
    for (const Message &note : report.notes)
        notes.push_back(MessageCodec::toJson(note));
    Json broken = Json::array();
    for (const BrokenFile &file : report.broken)
        broken.push_back(Json::array({file.name, file.reason}));
    return {{"kind", report.kind},
            {"title", report.title},
            {"classes", report.classNames},
            {"in_memory", report.inMemory},
            {"smallest", toJson(report.smallest)},
            {"largest", toJson(report.largest)},
            {"usual_side", report.usualSide},
            {"notes", std::move(notes)},
            {"broken", std::move(broken)},
            {"broken_count", report.brokenCount}};
}

DatasetReport reportFromJson(const Json &json) {
    const MessageCodec codec({datasetTexts, listTexts});
    DatasetReport report;
    report.kind = json.at("kind").get<std::string>();
    report.title = json.at("title").get<std::string>();
    report.classNames = json.at("classes").get<std::vector<std::string>>();
    report.inMemory = json.at("in_memory").get<bool>();
    report.smallest = sizeFrom(json.at("smallest"));
    report.largest = sizeFrom(json.at("largest"));
    report.usualSide = json.at("usual_side").get<int>();
    for (const Json &note : json.at("notes"))
        report.notes.push_back(codec.fromJson(note));
    for (const Json &file : json.at("broken"))
        report.broken.push_back({file.at(0).get<std::string>(), file.at(1).get<std::string>()});
    report.brokenCount = json.at("broken_count").get<std::size_t>();
    return report;
}

} // namespace simclr
