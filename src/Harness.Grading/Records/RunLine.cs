using System.Text.Json.Serialization;

namespace Harness.Grading;

/// <summary>One line of a run record (<c>results.jsonl</c>, schema <c>run/1</c>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeaderLine), "header")]
[JsonDerivedType(typeof(CaseLine), "case")]
[JsonDerivedType(typeof(FooterLine), "footer")]
public abstract record RunLine;
