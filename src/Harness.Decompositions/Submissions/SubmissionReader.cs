using System.Globalization;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Decompositions;

/// <summary>
/// Reads a submission: first everything that the header says (keys, types, shapes), then the values. Nothing is allocated beyond
/// <see cref="MostNumbers"/>, however small the file is that asks for it.
/// </summary>
internal sealed class SubmissionReader(SafetensorsFile file, ParameterLayout layout, IReadOnlyDictionary<string, long> samples)
{
    /// <summary>2²⁹ doubles, 4 GiB: an absent tensor is zero but takes room once directions and components are flat vectors.</summary>
    private const long MostNumbers = 1L << 29;

    private static readonly SafetensorsType[] s_floating = [SafetensorsType.F64, SafetensorsType.F32, SafetensorsType.F16, SafetensorsType.BF16];
    private static readonly SafetensorsType[] s_masks = [SafetensorsType.U8, SafetensorsType.BOOL];

    private readonly Dictionary<SubmissionKey, long[]> _shapes = [];

    internal Submission Read()
    {
        var seed = CheckMetadata();
        foreach (var entry in file.Entries)
            CheckEntry(entry);
        var parts = _shapes.Keys.ToLookup(key => key.Subnetwork);
        for (var k = 0; k < parts.Count; k++)
            CheckSubnetwork(k, [.. parts[k]], parts);
        CheckSize();

        using var scope = NewDisposeScope();
        var subnetworks = Enumerable.Range(0, parts.Count).Select(k => ReadSubnetwork(k, parts[k].ToLookup(key => key.Part))).ToArray();
        var notes = file.Metadata.GetValueOrDefault(SubmissionMetadata.Notes);
        var method = new MethodInfo(
            file.Metadata[SubmissionMetadata.Method], file.Metadata[SubmissionMetadata.Version], notes ?? "A submitted file.", IsStochastic: false);
        var decomposition = new Decomposition(method, subnetworks, file.Metadata).MoveToOuterDisposeScope();
        return new Submission(file.Metadata[SubmissionMetadata.Case], seed, notes, decomposition);
    }

    private ulong CheckMetadata()
    {
        foreach (var key in SubmissionMetadata.Required)
            if (string.IsNullOrEmpty(file.Metadata.GetValueOrDefault(key)))
                throw Error(key, $"is missing from the metadata (or empty); expected {string.Join(", ", SubmissionMetadata.Required)}, all strings");
        var schema = file.Metadata[SubmissionMetadata.Schema];
        if (schema != SubmissionMetadata.CurrentSchema)
            throw Error(SubmissionMetadata.Schema, $"is '{schema}' in the metadata, expected '{SubmissionMetadata.CurrentSchema}'");
        var text = file.Metadata[SubmissionMetadata.Seed];
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw Error(SubmissionMetadata.Seed, $"is '{text}' in the metadata, expected a whole number from 0 to 2^64 − 1");
    }

    private void CheckEntry(SafetensorsEntry entry)
    {
        var key = SubmissionKey.Parse(entry.Name) ?? throw Error(entry.Name, $"is not a key of the schema; expected {SubmissionKey.Form}");
        var types = key.Part == SubmissionPart.Mask ? s_masks : s_floating;
        if (!types.Contains(entry.Type))
            throw Error(entry.Name, $"has type {entry.Type}, expected one of {string.Join(", ", types)}");
        string expected;
        bool fits;
        if (key.Part == SubmissionPart.Activity)
        {
            if (!samples.TryGetValue(key.Target, out var count))
                throw Error(entry.Name, $"names data set '{key.Target}'; the case has {string.Join(", ", samples.Keys)}");
            (expected, fits) = ($"[{count}], one number per sample", entry.Shape.SequenceEqual([count]));
        }
        else
        {
            if (!layout.Contains(key.Target))
                throw Error(entry.Name, $"names tensor '{key.Target}'; the case has {string.Join(", ", layout.Select(slot => slot.Name))}");
            var shape = layout[key.Target].Shape;
            (expected, fits) = key.Part == SubmissionPart.Directions
                ? ($"[s, {string.Join(", ", shape)}] with s at least 1", entry.Shape is [>= 1, ..] && entry.Shape.Skip(1).SequenceEqual(shape))
                : ($"[{string.Join(", ", shape)}]", entry.Shape.SequenceEqual(shape));
        }
        if (!fits)
            throw Error(entry.Name, $"has shape [{string.Join(", ", entry.Shape)}], expected {expected}");
        _shapes.Add(key, [.. entry.Shape]);
    }

    private void CheckSubnetwork(int k, SubmissionKey[] keys, ILookup<int, SubmissionKey> parts)
    {
        var name = $"subnetwork.{k}";
        if (keys.Length == 0)
            throw Error(
                name,
                $"is missing; {parts.Count} subnetworks must be numbered 0 … {parts.Count - 1} without gaps, but there is {parts.Max(part => part.Key)}");
        var directions = keys.Where(key => key.Part == SubmissionPart.Directions).ToArray();
        var hasMask = keys.Any(key => key.Part == SubmissionPart.Mask);
        if (directions.Length > 0 && hasMask)
            throw Error(name, "has both directions and a mask, expected one of them: a mask is a coordinate subspace in place of directions");
        if (keys.All(key => key.Part == SubmissionPart.Activity))
            throw Error(name, "has only an activity, expected directions, a mask, a component, or more than one of these");
        foreach (var key in directions)
            if (_shapes[key][0] != _shapes[directions[0]][0])
                throw Error(
                    $"{key}",
                    $"has {_shapes[key][0]} directions but '{directions[0]}' has {_shapes[directions[0]][0]}; "
                    + "all tensors of one subnetwork need equally many");
        if (directions.Length > 0 && _shapes[directions[0]][0] > layout.Length)
            throw Error($"{directions[0]}", $"has {_shapes[directions[0]][0]} directions, but the model has only {layout.Length} parameters");
    }

    private void CheckSize()
    {
        var rows = _shapes.Where(pair => pair.Key.Part != SubmissionPart.Activity)
            .GroupBy(pair => (pair.Key.Subnetwork, pair.Key.Part), pair => pair.Key.Part == SubmissionPart.Directions ? pair.Value[0] : 1)
            .Sum(part => part.First());
        if (rows > MostNumbers / layout.Length)
            throw Error(
                null,
                $"{rows} vectors of {layout.Length} parameters; at most {MostNumbers / layout.Length} fit in memory ({MostNumbers} numbers). "
                + "Hand in fewer subnetworks or directions");
    }

    private Subnetwork ReadSubnetwork(int k, ILookup<SubmissionPart, SubmissionKey> parts)
    {
        Subspace? directions = parts.Contains(SubmissionPart.Directions) ? ReadDirections([.. parts[SubmissionPart.Directions]])
            : parts.Contains(SubmissionPart.Mask) ? ReadMask(parts[SubmissionPart.Mask])
            : null;
        var component = parts.Contains(SubmissionPart.Component) ? ReadComponent(parts[SubmissionPart.Component]) : null;
        var activity = parts[SubmissionPart.Activity].ToDictionary(key => key.Target, ReadActivity);
        return new Subnetwork($"subnetwork {k}", directions, component, activity.Count > 0 ? activity : null);
    }

    private DenseSubspace ReadDirections(SubmissionKey[] keys)
    {
        using var scope = NewDisposeScope();
        var count = _shapes[keys[0]][0];
        var rows = zeros([count, layout.Length], dtype: float64);
        foreach (var key in keys)
            rows.narrow(1, layout[key.Target].Offset, layout[key.Target].Length).copy_(ReadFinite(key).reshape(count, -1));
        // By the largest entry first: the square of an entry of size 1e±160 is not a double.
        rows /= Positive(rows.abs().max(1, true).values);
        rows /= Positive(rows.square().sum(1, true).sqrt());
        var span = DenseSubspace.Span(rows);
        span.MoveToOuterDisposeScope();
        return span;

        static Tensor Positive(Tensor lengths) => where(lengths > 0, lengths, ones_like(lengths));
    }

    private CoordinateSubspace ReadMask(IEnumerable<SubmissionKey> keys)
    {
        var mask = new byte[layout.Length];
        foreach (var key in keys)
        {
            var bytes = file.ReadBytes($"{key}");
            var wrong = Array.FindIndex(bytes, value => value > 1);
            if (wrong >= 0)
                throw Error($"{key}", $"has the value {bytes[wrong]} at flat index {wrong}, expected only 0 and 1");
            bytes.CopyTo(mask, layout[key.Target].Offset);
        }
        return new CoordinateSubspace(mask.Length, [.. Enumerable.Range(0, mask.Length).Where(i => mask[i] == 1).Select(i => (long)i)]);
    }

    private Tensor ReadComponent(IEnumerable<SubmissionKey> keys)
    {
        using var scope = NewDisposeScope();
        var component = zeros([layout.Length], dtype: float64);
        foreach (var key in keys)
            component.narrow(0, layout[key.Target].Offset, layout[key.Target].Length).copy_(ReadFinite(key).reshape(-1));
        return component.MoveToOuterDisposeScope();
    }

    private double[] ReadActivity(SubmissionKey key)
    {
        using var scope = NewDisposeScope();
        var values = ReadFinite(key).data<double>().ToArray();
        var negative = Array.FindIndex(values, value => value < 0);
        return negative < 0 ? values : throw Error($"{key}", $"is {values[negative]} at sample {negative}, expected at least 0");
    }

    private Tensor ReadFinite(SubmissionKey key)
    {
        var odd = file.CountNonFinite($"{key}");
        return odd.IsClean
            ? file.Load($"{key}").to(float64)
            : throw Error($"{key}", $"holds {odd.NaN} NaN and {odd.Infinite} infinite values, expected finite numbers");
    }

    private SubmissionException Error(string? key, string problem) => new(file.Path, key, problem + ".");
}
