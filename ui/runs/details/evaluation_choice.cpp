// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/evaluation_choice.h"

#include <QCoreApplication>

namespace simclr::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("EvaluationChoice", text);
}

std::string text(const char *source) {
    return tr(source).toStdString();
}

Parameter tick(const char *id, const char *title, const char *help, const char *group) {
    Parameter parameter;
    parameter.id = id;
    parameter.title = text(title);
    parameter.help = text(help);
    parameter.group = text(group);
    return parameter;
}

Parameter choiceOf(const char *id, const char *title, const char *help, std::vector<Choice> choices) {
    Parameter parameter = tick(id, title, help, QT_TRANSLATE_NOOP("EvaluationChoice", "Judged"));
    parameter.choices = std::move(choices);
    return parameter;
}

Description<EvaluationChoice> withProtocols(Description<EvaluationChoice> description) {
    const char *group = QT_TRANSLATE_NOOP("EvaluationChoice", "Protocols");
    return std::move(description)
        .boolean(&EvaluationChoice::linear,
                 tick("linear", QT_TRANSLATE_NOOP("EvaluationChoice", "Linear"),
                      QT_TRANSLATE_NOOP("EvaluationChoice",
                                        "A linear classifier on frozen features, trained by L-BFGS; its ℓ2 "
                                        "strength is chosen on images that are not judged. Takes seconds."),
                      group))
        .boolean(&EvaluationChoice::knn,
                 tick("knn", QT_TRANSLATE_NOOP("EvaluationChoice", "kNN"),
                      QT_TRANSLATE_NOOP("EvaluationChoice",
                                        "Weighted vote of the nearest training images; nothing is trained."),
                      group))
        .boolean(&EvaluationChoice::linearSgd,
                 tick("linear_sgd", QT_TRANSLATE_NOOP("EvaluationChoice", "Linear by SGD, as the authors"),
                      QT_TRANSLATE_NOOP("EvaluationChoice",
                                        "A linear classifier on the frozen encoder, trained for 100 epochs "
                                        "on views with crop and flip (App. B.6)."),
                      group))
        .boolean(&EvaluationChoice::fineTune,
                 tick("fine_tune", QT_TRANSLATE_NOOP("EvaluationChoice", "Fine-tuned"),
                      QT_TRANSLATE_NOOP("EvaluationChoice",
                                        "The whole network goes on learning with labels (App. B.5)."),
                      group))
        .boolean(&EvaluationChoice::supervised,
                 tick("supervised", QT_TRANSLATE_NOOP("EvaluationChoice", "Supervised baseline"),
                      QT_TRANSLATE_NOOP(
                          "EvaluationChoice",
                          "The same architecture, drawn from the run's seed and trained with labels only."),
                      group));
}

Description<EvaluationChoice> withLabels(Description<EvaluationChoice> description) {
    const char *group = QT_TRANSLATE_NOOP("EvaluationChoice", "Labels used");
    const char *help = QT_TRANSLATE_NOOP(
        "EvaluationChoice", "Share of the training labels to learn from, balanced over the classes.");
    return std::move(description)
        .boolean(&EvaluationChoice::allLabels,
                 tick("labels_100", QT_TRANSLATE_NOOP("EvaluationChoice", "All"), help, group))
        .boolean(&EvaluationChoice::tenPercent,
                 tick("labels_10", QT_TRANSLATE_NOOP("EvaluationChoice", "10 %"), help, group))
        .boolean(&EvaluationChoice::onePercent,
                 tick("labels_1", QT_TRANSLATE_NOOP("EvaluationChoice", "1 %"), help, group));
}

Description<EvaluationChoice> withJudged(Description<EvaluationChoice> description) {
    Parameter seed =
        tick("seed", QT_TRANSLATE_NOOP("EvaluationChoice", "Seed"),
             QT_TRANSLATE_NOOP("EvaluationChoice",
                               "Of labelled subsets, and of order and views where a protocol trains."),
             QT_TRANSLATE_NOOP("EvaluationChoice", "Judged"));
    seed.maximum = 2147483647;
    seed.step = 1;
    return std::move(description)
        .choice(&EvaluationChoice::images,
                choiceOf("images", QT_TRANSLATE_NOOP("EvaluationChoice", "Images"),
                         QT_TRANSLATE_NOOP("EvaluationChoice",
                                           "The images of the run, or, as a transfer, those that are open "
                                           "in the window now."),
                         {{"own", text(QT_TRANSLATE_NOOP("EvaluationChoice", "the run's own"))},
                          {"open", text(QT_TRANSLATE_NOOP("EvaluationChoice", "open now (transfer)"))}}))
        .choice(&EvaluationChoice::split,
                choiceOf("split", QT_TRANSLATE_NOOP("EvaluationChoice", "Split"),
                         QT_TRANSLATE_NOOP("EvaluationChoice", "The images that accuracy is measured on."),
                         {{"test", text(QT_TRANSLATE_NOOP("EvaluationChoice", "test"))},
                          {"validation", text(QT_TRANSLATE_NOOP("EvaluationChoice", "validation"))}}))
        .choice(&EvaluationChoice::features,
                choiceOf("features", QT_TRANSLATE_NOOP("EvaluationChoice", "Features"),
                         QT_TRANSLATE_NOOP("EvaluationChoice",
                                           "h, or the output z of the projection head (Fig. 8)."),
                         {{"h", text(QT_TRANSLATE_NOOP("EvaluationChoice", "h, the encoder's"))},
                          {"z", text(QT_TRANSLATE_NOOP("EvaluationChoice", "z, the head's"))}}))
        .integer(&EvaluationChoice::seed, std::move(seed));
}

} // namespace

const Description<EvaluationChoice> &evaluationChoiceDescription() {
    static const Description<EvaluationChoice> description = withJudged(withLabels(withProtocols({})));
    return description;
}

EvaluationRequest requestOf(const EvaluationChoice &choice, const EvaluationOptions &options) {
    EvaluationRequest request;
    request.protocols.clear();
    request.labels.clear();
    for (const auto &[chosen, protocol] : {std::pair(choice.linear, Protocol::Linear),
                                           {choice.knn, Protocol::Knn},
                                           {choice.linearSgd, Protocol::LinearSgd},
                                           {choice.fineTune, Protocol::FineTune},
                                           {choice.supervised, Protocol::Supervised}})
        if (chosen)
            request.protocols.emplace_back(protocol);
    for (const auto &[chosen, share] :
         {std::pair(choice.allLabels, 1.0), {choice.tenPercent, 0.1}, {choice.onePercent, 0.01}})
        if (chosen)
            request.labels.push_back(share);
    request.features = featureKindFromName(choice.features);
    request.split = splitFromName(choice.split);
    request.isTransfer = choice.images == "open";
    request.seed = choice.seed;
    request.options = options;
    return request;
}

QString missingIn(const EvaluationRequest &request) {
    if (request.protocols.empty())
        return tr("Tick at least one protocol.");
    if (request.labels.empty())
        return tr("Tick at least one share of the labels.");
    return {};
}

} // namespace simclr::ui
