// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/evaluation_choice.h"

#include <QCoreApplication>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(EvaluationChoice)
};

Parameter tick(const char *id, const QString &title, const QString &help, Section section) {
    Parameter parameter;
    parameter.id = id;
    parameter.title = title.toStdString();
    parameter.help = help.toStdString();
    parameter.section = section;
    return parameter;
}

Choice item(const char *id, const QString &title) {
    return {id, title.toStdString()};
}

Parameter choiceOf(const char *id, const QString &title, const QString &help, std::vector<Choice> choices) {
    Parameter parameter = tick(id, title, help, Section::DataAndFeatures);
    parameter.choices = std::move(choices);
    return parameter;
}

Description<EvaluationChoice> withProtocols(Description<EvaluationChoice> description) {
    constexpr Section group = Section::Protocols;
    return std::move(description)
        .boolean(&EvaluationChoice::linear,
                 tick("linear", Texts::tr("Linear"),
                      Texts::tr("A linear classifier on frozen features, trained by L-BFGS; its ℓ2 "
                                "regularisation is tuned on held-out images. Takes seconds."),
                      group))
        .boolean(&EvaluationChoice::knn,
                 tick("knn", Texts::tr("kNN"),
                      Texts::tr("Weighted vote of the nearest training images; nothing is trained."), group))
        .boolean(&EvaluationChoice::linearSgd,
                 tick("linear_sgd", Texts::tr("Linear by SGD (App. B.6)"),
                      Texts::tr("A linear classifier on the frozen encoder, trained for 100 epochs "
                                "on views with crop and flip, as the authors did."),
                      group))
        .boolean(&EvaluationChoice::fineTune,
                 tick("fine_tune", Texts::tr("Fine-tuned"),
                      Texts::tr("Fine-tunes the whole network with labels (App. B.5)."), group))
        .boolean(&EvaluationChoice::supervised,
                 tick("supervised", Texts::tr("Supervised baseline"),
                      Texts::tr("The same architecture, initialised from the run's seed and "
                                "trained with labels only."),
                      group));
}

Description<EvaluationChoice> withLabels(Description<EvaluationChoice> description) {
    constexpr Section group = Section::LabelFraction;
    const QString help =
        Texts::tr("Fraction of the training labels that is used, balanced over the classes.");
    return std::move(description)
        .boolean(&EvaluationChoice::allLabels, tick("labels_100", Texts::tr("All"), help, group))
        .boolean(&EvaluationChoice::tenPercent, tick("labels_10", Texts::tr("10 %"), help, group))
        .boolean(&EvaluationChoice::onePercent, tick("labels_1", Texts::tr("1 %"), help, group));
}

Description<EvaluationChoice> withData(Description<EvaluationChoice> description) {
    Parameter seed =
        tick("seed", Texts::tr("Seed"),
             Texts::tr("Seed of the label subsets, and of order and views in protocols that train."),
             Section::DataAndFeatures);
    seed.maximum = 2147483647;
    seed.step = 1;
    return std::move(description)
        .choice(&EvaluationChoice::images,
                choiceOf("images", Texts::tr("Images"),
                         Texts::tr("The images of the run, or, for transfer, those open in the window."),
                         {item("own", Texts::tr("the run's own")),
                          item("open", Texts::tr("open now (transfer)"))}))
        .choice(&EvaluationChoice::split,
                choiceOf("split", Texts::tr("Split"), Texts::tr("The images that accuracy is measured on."),
                         {item("test", Texts::tr("test")), item("validation", Texts::tr("validation"))}))
        .choice(&EvaluationChoice::features,
                choiceOf("features", Texts::tr("Features"),
                         Texts::tr("h, or the output z of the projection head (Fig. 8)."),
                         {item("h", Texts::tr("h (encoder)")), item("z", Texts::tr("z (head)"))}))
        .integer(&EvaluationChoice::seed, std::move(seed));
}

} // namespace

const Description<EvaluationChoice> &evaluationChoiceDescription() {
    static const Description<EvaluationChoice> description = withData(withLabels(withProtocols({})));
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
        return Texts::tr("Select at least one protocol.");
    if (request.labels.empty())
        return Texts::tr("Select at least one label fraction.");
    return {};
}

} // namespace simclr::ui
