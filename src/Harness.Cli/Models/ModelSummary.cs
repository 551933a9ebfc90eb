using System.Diagnostics;
using Harness.Grading;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Cli;

/// <summary>A model in the list of models.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Family">Its family.</param>
/// <param name="TruthGrade">How far its truth may be trusted.</param>
/// <param name="Parameters">P.</param>
/// <param name="Subnetworks">Planted subnetworks; 0 where a spectrum or a task is planted instead.</param>
/// <param name="Readable">Whether names or zero weights give the plant away: then the model itself gets no bar.</param>
/// <param name="Twin">
/// What a readable model is judged by: a disguise of it, or the model of the same name with <c>-dense</c>; null: it has none, or needs none.
/// </param>
/// <param name="Seconds">What building it took, here and now.</param>
internal sealed record ModelSummary(
    string Name, string Summary, string Family, TruthGrade TruthGrade, long Parameters, int Subnetworks, bool Readable, string? Twin, double Seconds)
{
    /// <summary>Readability in words: empty where the plant is hidden.</summary>
    internal string ReadableText => Readable ? Twin is null ? "yes, no twin" : $"yes, twin: {Twin}" : "";

    /// <summary>Builds the model at seed 0 and looks.</summary>
    internal static ModelSummary Of(ToyModelEntry entry)
    {
        using var scope = NewDisposeScope();
        var watch = Stopwatch.StartNew();
        var model = entry.Create(0);
        return new ModelSummary(
            entry.Id, entry.Summary, entry.Family, model.Truth.Grade, model.Model.Network.Layout.Length, model.Truth.Subnetworks.Count, model.IsReadable,
            model.IsReadable ? ReadableTwin.Of(model)?.Name : null, Math.Round(watch.Elapsed.TotalSeconds, 3));
    }
}
