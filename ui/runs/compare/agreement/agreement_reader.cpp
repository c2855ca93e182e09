// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/agreement/agreement_reader.h"

#include "core/store/run_comparison.h"

#include <utility>

namespace simclr::ui {

namespace {

/// Rows and columns in another order.
AgreementAnswer reordered(const AgreementAnswer &answer, const std::vector<std::size_t> &order) {
    AgreementAnswer result = answer;
    for (std::size_t row = 0; row < order.size(); ++row) {
        result.results[row] = answer.results[order[row]];
        for (std::size_t column = 0; column < order.size(); ++column)
            result.matrix[row * order.size() + column] = answer.at(order[row], order[column]);
    }
    return result;
}

std::string imagesOf(const AgreementRequest::Each &each) {
    return imagesFingerprint(*each.run, each.key);
}

AgreementAnswer compared(const std::filesystem::path &database, const AgreementRequest &request,
                         const std::stop_token &stop) {
    AgreementAnswer answer;
    try {
        const RunStore store(database, RunStore::Access::ReadOnly);
        std::vector<Predictions> predictions;
        for (const AgreementRequest::Each &each : request.results) {
            if (stop.stop_requested())
                return {};
            std::optional<Predictions> found = pairablePredictions(store, *each.run, each.key);
            if (!found || found->samples.empty()) {
                ++answer.withoutPredictions;
                continue;
            }
            answer.results.push_back(each);
            predictions.push_back(std::move(*found));
        }
        const auto isOfSameImages = [&](std::size_t first, std::size_t second) {
            return !stop.stop_requested() &&
                   imagesOf(answer.results[first]) == imagesOf(answer.results[second]);
        };
        answer.matrix = agreementMatrix(predictions, isOfSameImages);
        if (stop.stop_requested())
            return {};
        return request.isOrdered ? reordered(answer, orderByAgreement(answer.matrix)) : answer;
    } catch (const std::exception &error) { // also of images with other labels
        return {.problem = QString::fromStdString(error.what())};
    }
}

} // namespace

AgreementReader::AgreementReader(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {}

void AgreementReader::ask(const AgreementRequest &request) {
    m_worker.ask([database = m_database, request](
                     const BackgroundWorker::Task &task) { return compared(database, request, task.stop()); },
                 [this](const AgreementAnswer &answer) { Q_EMIT answered(answer); });
}

} // namespace simclr::ui
